/**
 * The classes of a batch of pairs on their way into a training batch. Dropping some is the training side of
 * classifier-free guidance: J. Ho and T. Salimans, Classifier-free Diffusion Guidance (2022), algorithm 1; for flows
 * Zheng et al., Guided Flows for Generative Modeling and Decision Making (2023).
 */
import { checkInteger, checkLength, describeValue } from '@brenier/errors';
import type { Rng } from '@brenier/random';
import type { PairBatch } from '../pairing/pairing.js';

/** The class of "any class". */
const NO_LABEL = -1;

/** The checked classes of the pairs, where they have some; cost O(count). */
export function checkPairLabels({ label }: PairBatch, count: number): Int32Array | undefined {
  if (label === undefined) return undefined;
  if (!(label instanceof Int32Array)) {
    throw new TypeError(`"pairing.draw(…).label" expected an Int32Array, got ${describeValue(label)}`);
  }
  checkLength('pairing.draw(…).label', label, count);
  for (let i = 0; i < count; i++) {
    if (label[i] < NO_LABEL) checkInteger(`pairing.draw(…).label[${i}]`, label[i], NO_LABEL);
  }
  return label;
}

/** Takes the class from each sample with the probability `dropout`, independently of everything else. */
export function dropLabels(rng: Rng, label: Int32Array | undefined, dropout: number): Int32Array | undefined {
  if (dropout === 0) return label;
  if (label) return label.map((each) => (rng.uniform() < dropout ? NO_LABEL : each));
  throw new RangeError(`"labelDropout" expected 0 for a pairing without labels, got ${dropout}`);
}
