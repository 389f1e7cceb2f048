/** A few digits, split as the whole set is, so that a test need not wait for all. */
import { loadDigits } from '@brenier/datasets/digits';
import { firstImages, splitDigits, type DigitSets } from '../../src/images/digit-sets.js';

let whole: Promise<DigitSets> | undefined;

/** All digits, loaded once a test file. */
export function allDigits(): Promise<DigitSets> {
  whole ??= loadDigits().then(splitDigits);
  return whole;
}

/** The first training and held-out digits. */
export async function fewDigits(training: number, heldOut: number): Promise<DigitSets> {
  const sets = await allDigits();
  return { training: firstImages(sets.training, training), heldOut: firstImages(sets.heldOut, heldOut) };
}
