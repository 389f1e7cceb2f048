import { checkFunction, checkInteger, checkNonNegative, describeValue } from '@brenier/errors';
import type { ArrayField } from '../field.js';

/** σ ≥ 0, or σ(t). */
export type Diffusion = number | ((t: number) => number);

/** Checks a field, and that its dimension is that of another one. */
export function checkField(name: string, field: ArrayField, dim?: number): ArrayField {
  if (typeof field !== 'object' || field === null) {
    throw new TypeError(`"${name}" expected an object with "dim" and "evaluate", got ${describeValue(field)}`);
  }
  checkInteger(`${name}.dim`, field.dim, 1);
  checkFunction(`${name}.evaluate`, field.evaluate);
  if (dim !== undefined && field.dim !== dim) {
    throw new RangeError(`"${name}.dim" expected ${dim}, as the field before it, got ${field.dim}`);
  }
  return field;
}

/** Checks a diffusion and gives it as a function whose values are checked. */
export function checkDiffusion(diffusion: Diffusion): (t: number) => number {
  if (typeof diffusion === 'function') return (t) => checkNonNegative('diffusion(t)', diffusion(t));
  checkNonNegative('diffusion', diffusion);
  return () => diffusion;
}
