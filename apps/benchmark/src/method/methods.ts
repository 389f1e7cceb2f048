/** The rows of the table that this benchmark can train, each by its recipe. */
import type { MethodName } from '../settings.js';
import { dsbMethod, dsbmImf, dsbmImfPlus, dsbmIpf } from './bridge-matching.js';
import { cfm, fm, otCfm, sbCfm } from './flow-matching.js';
import type { Method } from './method.js';
import { rf } from './rectified-flow.js';

/** The recipes, in the order of the published table. */
export const METHODS: readonly Method[] = [dsbmIpf, dsbmImf, dsbmImfPlus, dsbMethod, sbCfm, fm, cfm, rf, otCfm];

/**
 * The recipe of a row.
 *
 * @throws Error where there is none
 */
export function methodNamed(name: MethodName): Method {
  const method = METHODS.find((each) => each.name === name);
  if (method === undefined) throw new Error(`There is no recipe for ${name}.`);
  return method;
}
