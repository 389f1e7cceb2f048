// Time as a network sees it: t alone, or t with sines and cosines of octaves (the positional encoding of Mildenhall et al. 2020,
// eq. 4; Fourier features of Tancik et al. 2020).
import { cos, sin } from '@brenier/elementary';
import { checkInteger, checkOneOf, checkOptions } from '@brenier/errors';

/** Time with octaves: t, then sin(2ᵏπt) and cos(2ᵏπt) for k = 0 … `fourier` − 1. */
export interface FourierTime {
  /** Number of octaves, from 1 to 16. */
  readonly fourier: number;
}

/** How time enters a network: `'raw'` appends t itself. */
export type TimeFeatures = 'raw' | FourierTime;

/** Checks the option and returns it in its plain form. */
export function checkTimeFeatures(name: string, time: TimeFeatures): TimeFeatures {
  if (typeof time === 'object' && time !== null) {
    return { fourier: checkInteger(`${name}.fourier`, checkOptions(name, time, ['fourier']).fourier, 1, 16) };
  }
  return checkOneOf<'raw'>(name, time, ['raw']);
}

/** Number of features. */
export function timeFeatureCount(time: TimeFeatures): number {
  return time === 'raw' ? 1 : 1 + 2 * time.fourier;
}

/**
 * Writes the features of `t` to `out[offset]`, `out[offset + stride]`, … One sine and cosine are computed; each octave doubles the
 * angle, which doubles their error too: below 2¹⁶ · 1e-16 at the last octave allowed, still under float32 rounding.
 */
export function writeTimeFeatures(
  time: TimeFeatures,
  t: number,
  out: Float32Array | Float64Array,
  offset: number,
  stride: number,
): void {
  out[offset] = t;
  if (time === 'raw') return;
  let sine = sin(Math.PI * t);
  let cosine = cos(Math.PI * t);
  for (let k = 0, at = offset + stride; k < time.fourier; k++, at += 2 * stride) {
    out[at] = sine;
    out[at + stride] = cosine;
    const doubled = 2 * sine * cosine;
    cosine = 1 - 2 * sine * sine;
    sine = doubled;
  }
}
