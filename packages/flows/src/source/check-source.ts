import {
  checkFiniteArray,
  checkFunction,
  checkInteger,
  checkLength,
  checkNumericArray,
  describeValue,
} from '@brenier/errors';
import type { Rng } from '@brenier/random';
import type { PointSource } from './point-source.js';

/** Draws and checks what came: a source may be anybody's code, and a NaN here would spoil a training run silently. */
export function drawChecked(name: string, source: PointSource, rng: Rng, count: number): Float64Array {
  const drawn = `${name}.draw(…)`;
  const points = checkLength(drawn, checkNumericArray(drawn, source.draw(rng, count)), count * source.dim);
  checkFiniteArray(drawn, points);
  return points instanceof Float64Array ? points : Float64Array.from(points);
}

/** Checks that two sources live in the same space. */
export function checkSameDim(source: PointSource, target: PointSource): number {
  checkSource('source', source);
  checkSource('target', target);
  if (source.dim === target.dim) return source.dim;
  throw new RangeError(`"target.dim" expected ${source.dim}, the dimension of "source", got ${target.dim}`);
}

/** Checks that a value can be drawn from. */
function checkSource(name: string, value: PointSource): PointSource {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`"${name}" expected an object with "dim" and "draw", got ${describeValue(value)}`);
  }
  checkInteger(`${name}.dim`, value.dim, 1);
  checkFunction(`${name}.draw`, value.draw);
  return value;
}
