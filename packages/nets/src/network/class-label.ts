// Classes of samples: whole numbers from 0, and −1 for a sample without one.
import { checkInteger, checkLength, checkOptions, describeValue } from '@brenier/errors';

/** Options of `network.field`. */
export interface FieldOptions {
  /** The class of all points, from 0; −1 for none. Default −1. */
  readonly label?: number;
}

/** The class that a field is asked for. */
export function checkFieldLabel(options: FieldOptions | undefined, classes: number): number {
  const { label = -1 } = checkOptions('options', options, ['label']);
  return checkClass('label', label, classes);
}

/** Checks the classes of a batch; cost O(count). */
export function checkLabels(label: Int32Array | undefined, count: number, classes: number): void {
  if (label === undefined) return;
  if (!(label instanceof Int32Array)) {
    throw new TypeError(`"batch.label" expected an Int32Array, got ${describeValue(label)}`);
  }
  checkLength('batch.label', label, count);
  for (let i = 0; i < count; i++) {
    if (label[i] < -1 || label[i] >= classes) checkClass(`batch.label[${i}]`, label[i], classes);
  }
}

function checkClass(name: string, value: number, classes: number): number {
  if (classes > 0 || value === -1 || typeof value !== 'number') return checkInteger(name, value, -1, classes - 1);
  throw new RangeError(`"${name}" expected -1, as the network has no classes, got ${value}`);
}
