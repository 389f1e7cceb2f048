/** What a checkpoint compares: two objectives of one name are taken for the same, so the name holds every setting that can be told. */
import { describeValue } from '@brenier/errors';
import type { Interpolant } from '../interpolant/interpolant.js';
import type { Pairing } from '../pairing/pairing.js';

/** The settings of an objective on a path, its defaults filled in. */
export interface NamedSettings {
  readonly pairing: Pairing;
  readonly interpolant: Interpolant;
  /** Of which a name cannot tell more than that it is there. */
  readonly weight: ((t: number) => number) | undefined;
  readonly batchSize: number;
  readonly timeMargin: number;
  readonly labelDropout: number;
}

/** For example `'flow-matching, exact pairing, linear(sigma 0.1) interpolant, batch 512'`. */
export function objectiveName(method: string, settings: NamedSettings): string {
  const { pairing, interpolant, batchSize, timeMargin, weight, labelDropout } = settings;
  const parts = [
    method,
    `${partName('pairing', pairing)} pairing`,
    `${partName('interpolant', interpolant)} interpolant`,
    `batch ${batchSize}`,
  ];
  if (timeMargin > 0) parts.push(`time margin ${timeMargin}`);
  if (weight) parts.push('weighted');
  if (labelDropout > 0) parts.push(`label dropout ${labelDropout}`);
  return parts.join(', ');
}

/** The name of a pairing or of an interpolant, which one of your own need not have. */
export function partName(part: string, value: { readonly name?: string } | undefined): string {
  const name = value?.name ?? 'unnamed';
  if (typeof name === 'string') return name;
  throw new TypeError(`"${part}.name" expected a string, got ${describeValue(name)}`);
}
