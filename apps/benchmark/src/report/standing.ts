/** How a W2 of ours stands to the published one. */
import type { Published } from '../published.js';

/** At or below the published mean; above it by at most one published standard deviation; or beyond. */
export type Standing = 'better' | 'within' | 'worse';

/** Compares without rounding: a mean that prints like the published one may still be above it. */
export function standingOf(w2: number, published: Published): Standing {
  if (w2 <= published.mean) return 'better';
  return w2 <= published.mean + published.sd ? 'within' : 'worse';
}

/** A glyph for each, so that nobody depends on colour. */
export const STANDING_GLYPH: Readonly<Record<Standing, string>> = { better: '✓', within: '≈', worse: '✗' };

/** What the glyphs mean. */
export const STANDING_TEXT: Readonly<Record<Standing, string>> = {
  better: 'at or below the published mean',
  within: 'above it by at most one published SD',
  worse: 'further above',
};
