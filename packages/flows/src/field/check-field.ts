import { checkFunction, checkInteger, describeValue } from '@brenier/errors';
import type { Field } from './field.js';

/** Checks that a value has what a field has. */
export function checkField(name: string, field: Field): Field {
  if (typeof field !== 'object' || field === null) {
    throw new TypeError(`"${name}" expected an object with "dim" and "evaluate", got ${describeValue(field)}`);
  }
  checkInteger(`${name}.dim`, field.dim, 1);
  checkFunction(`${name}.evaluate`, field.evaluate);
  return field;
}

/** Room for a batch, kept between calls of one size. */
export function batchScratch(): (length: number) => Float64Array {
  let scratch = new Float64Array(0);
  return (length) => {
    if (scratch.length !== length) scratch = new Float64Array(length);
    return scratch;
  };
}
