import { checkFunction, checkNonNegative, checkPositive, describeValue } from '@brenier/errors';
import type { Reference } from './reference.js';

/** Checks that a value has the parts of a {@link Reference}. */
export function checkReference(name: string, reference: Reference): Reference {
  if (typeof reference !== 'object' || reference === null) {
    throw new TypeError(`"${name}" expected a reference such as brownian(), got ${describeValue(reference)}`);
  }
  checkPositive(`${name}.sigma`, reference.sigma);
  checkNonNegative(`${name}.rate`, reference.rate);
  checkFunction(`${name}.transition`, reference.transition);
  checkFunction(`${name}.pinned`, reference.pinned);
  return reference;
}
