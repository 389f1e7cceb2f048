// Time as a network sees it: t alone; t with sines and cosines of octaves (the positional encoding of Mildenhall et al.
// 2020, eq. 4; Fourier features of Tancik et al. 2020); or sines and cosines from fast to slow (the embedding of
// transformers, Vaswani et al. 2017, section 3.5, which diffusion models took over with 1000 steps: Ho et al. 2020,
// appendix B).
import { cos, exp, sin } from '@brenier/elementary';
import { checkInteger, checkOneOf, checkOptions } from '@brenier/errors';
import { writeSinePair } from './sine-pair.js';

const LOG_10000 = 9.210340371976184;

/** Time with octaves: t, then sin(2ᵏπt) and cos(2ᵏπt) for k = 0 … `fourier` − 1. */
export interface FourierTime {
  /** Number of octaves, from 1 to 16. */
  readonly fourier: number;
}

/**
 * The embedding of transformers at position 1000 t: sin(ωₖ · 1000 t) and cos(ωₖ · 1000 t) with ωₖ = 10000^(−k/n) for k
 * = 0 … n − 1, where n is `sinusoidal`. That is PE(pos, 2k) and PE(pos, 2k + 1) of Vaswani et al. 2017 for 2n
 * dimensions; t runs from 0 to 1 as the 1000 steps of diffusion models do. t itself is not among them.
 */
export interface SinusoidalTime {
  /** Number of frequencies n, from 1 to 256; they make twice as many features. */
  readonly sinusoidal: number;
}

/** How time enters a network: `'raw'` appends t itself. */
export type TimeFeatures = 'raw' | FourierTime | SinusoidalTime;

/** Checks the option and returns it in its plain form. */
export function checkTimeFeatures(name: string, time: TimeFeatures): TimeFeatures {
  if (typeof time !== 'object' || time === null) return checkOneOf<'raw'>(name, time, ['raw']);
  const given = checkOptions(name, time as Partial<FourierTime & SinusoidalTime>, ['fourier', 'sinusoidal']);
  if (given.sinusoidal === undefined) return { fourier: checkInteger(`${name}.fourier`, given.fourier, 1, 16) };
  if (given.fourier !== undefined) throw new RangeError(`"${name}" expected "fourier" or "sinusoidal", got both`);
  return { sinusoidal: checkInteger(`${name}.sinusoidal`, given.sinusoidal, 1, 256) };
}

/** Number of features. */
export function timeFeatureCount(time: TimeFeatures): number {
  if (time === 'raw') return 1;
  return 'fourier' in time ? 1 + 2 * time.fourier : 2 * time.sinusoidal;
}

/** Writes the features of `t` to `out[offset]`, `out[offset + stride]`, … */
export function writeTimeFeatures(
  time: TimeFeatures,
  t: number,
  out: Float32Array,
  offset: number,
  stride: number,
): void {
  if (time === 'raw') out[offset] = t;
  else if ('fourier' in time) writeOctaves(time.fourier, t, out, offset, stride);
  else writeSlowingWaves(time.sinusoidal, t, out, offset, stride);
}

/**
 * One sine and cosine are computed; each octave doubles the angle, which doubles their error too: below 2¹⁶ · 1e-16 at
 * the last octave allowed, still under float32 rounding.
 */
function writeOctaves(octaves: number, t: number, out: Float32Array, offset: number, stride: number): void {
  out[offset] = t;
  let sine = sin(Math.PI * t);
  let cosine = cos(Math.PI * t);
  for (let k = 0, at = offset + stride; k < octaves; k++, at += 2 * stride) {
    out[at] = sine;
    out[at + stride] = cosine;
    const doubled = 2 * sine * cosine;
    cosine = 1 - 2 * sine * sine;
    sine = doubled;
  }
}

/** Each angle is the one before times 10000^(−1/n): after 255 of them still good to 1e-11. */
function writeSlowingWaves(waves: number, t: number, out: Float32Array, offset: number, stride: number): void {
  const ratio = exp(-LOG_10000 / waves);
  let angle = 1000 * t;
  for (let k = 0, at = offset; k < waves; k++, at += 2 * stride) {
    writeSinePair(angle, out, at, stride);
    angle *= ratio;
  }
}
