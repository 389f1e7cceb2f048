// Trajectories as arguments: one batch of points per time, point i of one batch being point i of the next.
import {
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkNumericArray,
  checkOptions,
  describeValue,
  type NumericArray,
} from '@brenier/errors';

/** The number of points per batch, once everything fits. */
export function checkPath(
  times: NumericArray,
  name: string,
  batches: readonly NumericArray[],
  options: { readonly dim: number },
): number {
  const dim = checkInteger('dim', checkOptions('options', options, ['dim']).dim, 1);
  checkFiniteArray('times', checkNumericArray('times', times));
  if (times.length < 2) throw new RangeError(`"times" expected at least 2 times, got ${times.length}`);
  const direction = Math.sign(times[1] - times[0]);
  for (let k = 1; k < times.length; k++) {
    if ((times[k] - times[k - 1]) * direction > 0) continue;
    throw new RangeError(`"times" expected strictly monotone times, got ${times[k - 1]} then ${times[k]}`);
  }
  if (!Array.isArray(batches))
    throw new TypeError(`"${name}" expected an array of batches, got ${describeValue(batches)}`);
  checkLength(name, batches, times.length);
  const length = checkNumericArray(`${name}[0]`, batches[0]).length;
  if (length === 0 || length % dim !== 0) {
    throw new RangeError(`"${name}[0]" expected a positive multiple of ${dim} coordinates, got ${length}`);
  }
  batches.forEach((batch: NumericArray, k) => {
    const each = `${name}[${k}]`;
    checkFiniteArray(each, checkLength(each, checkNumericArray(each, batch), length));
  });
  return length / dim;
}
