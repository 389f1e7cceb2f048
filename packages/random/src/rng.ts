import { checkInteger, checkLength, checkNumericArray, checkOneOf, describeValue } from '@brenier/errors';
import { deriveKey } from './labels.js';
import { threefry4x32 } from './threefry.js';

/** A stream of random words that can be split by label, saved and restored. */
export interface Rng {
  /** The next 32 random bits, as a whole number in [0, 2^32). */
  uint32(): number;
  /** The next uniform number in [0, 1): a multiple of 2^-53, made of two words. */
  uniform(): number;
  /**
   * An independent stream that depends only on this stream's key and the label: not on what was drawn so far, nor on
   * other forks. Asking twice for one label gives the same stream twice. The number 1 and the string '1' are
   * different labels.
   */
  fork(label: string | number): Rng;
  /** The exact state as plain data; {@link restoreRng} continues with the very next word. */
  snapshot(): RngSnapshot;
}

/** The state of an {@link Rng} as plain data: it survives JSON and `postMessage`. */
export interface RngSnapshot {
  /** The generator, so that a later version can refuse or convert what it did not write. */
  readonly algorithm: 'threefry4x32-20';
  /** Four whole numbers in [0, 2^32). */
  readonly key: readonly number[];
  /** How many 32-bit words were drawn. */
  readonly position: number;
}

/**
 * A generator of random numbers: Threefry-4x32-20 in counter mode (Salmon et al., SC 2011).
 *
 * Same seed, same numbers, on every engine. About 7 ns a word; period 2^53 words for each of the 2^128 keys. Not for
 * cryptography.
 *
 * @param seed - a whole number within ±(2^53 - 1) or any string; every seed is as good as any other, 0 included
 * @returns the stream of that seed, at its start
 * @throws TypeError or RangeError for any other seed
 *
 * @example
 * Each part of a program takes a fork, so that no part disturbs the numbers of another.
 * ```ts
 * import { createRng } from '@brenier/random';
 *
 * const rng = createRng(42);
 * const noise = rng.fork('noise');
 * rng.uniform();
 * noise.uint32() === createRng(42).fork('noise').uint32(); // => true
 * ```
 */
export function createRng(seed: number | string): Rng {
  return new Threefry(deriveKey(new Int32Array(4), 'seed', seed), 0);
}

/**
 * The generator that a snapshot was taken of, at the same place of its stream.
 *
 * @param snapshot - what {@link Rng.snapshot} returned, perhaps after a passage through JSON
 * @returns a generator whose next word is the one that followed the snapshot
 * @throws TypeError or RangeError where the data is not a snapshot of this generator
 *
 * @example
 * Training resumes with the numbers it would have drawn.
 * ```ts
 * import { createRng, restoreRng } from '@brenier/random';
 *
 * const rng = createRng('run 7');
 * rng.uniform();
 * const saved = JSON.stringify(rng.snapshot());
 * restoreRng(JSON.parse(saved)).uniform() === rng.uniform(); // => true
 * ```
 */
export function restoreRng(snapshot: RngSnapshot): Rng {
  if (typeof snapshot !== 'object' || snapshot === null) {
    throw new TypeError(`"snapshot" expected what rng.snapshot() returned, got ${describeValue(snapshot)}`);
  }
  checkOneOf('snapshot.algorithm', snapshot.algorithm, ['threefry4x32-20']);
  const key = checkLength('snapshot.key', checkNumericArray('snapshot.key', snapshot.key), 4);
  const words = Int32Array.from(key, (word, i) => checkInteger(`snapshot.key[${i}]`, word, 0, 4294967295) | 0);
  return new Threefry(words, checkInteger('snapshot.position', snapshot.position, 0));
}

/**
 * Checks that an argument is a random generator, with a message that tells how to make one.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @returns `value`
 * @throws TypeError where it has not the methods of an {@link Rng}
 *
 * @example
 * Functions that draw take the generator first, and say so when it is missing.
 * ```ts
 * import { checkRng, createRng } from '@brenier/random';
 *
 * checkRng('rng', createRng(1)).fork('batch').uint32() >= 0; // => true
 * ```
 */
export function checkRng(name: string, value: unknown): Rng {
  const rng = value as Rng | null | undefined;
  const methods = [rng?.uint32, rng?.uniform, rng?.fork];
  if (rng && methods.every((method) => typeof method === 'function')) return rng;
  throw new TypeError(`"${name}" expected an Rng such as createRng(0), got ${describeValue(value)}`);
}

/**
 * The key of a stream from which nothing was drawn yet: with it an engine can draw the same numbers where it needs them.
 *
 * Block b of the stream is the four words of Threefry-4x32-20 for this key and the counter (b mod 2^32, ⌊b / 2^32⌋, 0, 0).
 *
 * @param rng - a generator
 * @returns four words, or `undefined` for a stream that was drawn from and for a generator that is not of this package
 * @throws TypeError where `rng` is no generator
 *
 * @example
 * A fork is at its start; a number later it is not.
 * ```ts
 * import { createRng, streamKey } from '@brenier/random';
 *
 * const rng = createRng(1).fork('noise');
 * streamKey(rng)?.length; // => 4
 * rng.uniform();
 * streamKey(rng); // => undefined
 * ```
 */
export function streamKey(rng: Rng): Uint32Array | undefined {
  checkRng('rng', rng);
  return rng instanceof Threefry ? rng.keyAtStart() : undefined;
}

/** Fills an array with the numbers that `rng.uniform()` would have drawn, block by block where the generator is ours. */
export function drawUniforms(rng: Rng, out: Float64Array): void {
  if (rng instanceof Threefry) rng.drawUniforms(out);
  else for (let i = 0; i < out.length; i++) out[i] = rng.uniform();
}

class Threefry implements Rng {
  readonly #key: Int32Array;
  readonly #words = new Int32Array(4);
  /** The counter of the block after the buffered one. */
  #block: number;
  /** The index of the next word in the buffer; 4 when it is used up. */
  #next = 4;

  constructor(key: Int32Array, position: number) {
    this.#key = key;
    this.#block = Math.floor(position / 4);
    const used = position % 4;
    if (used === 0) return;
    this.#refill();
    this.#next = used;
  }

  uint32(): number {
    if (this.#next === 4) this.#refill();
    return this.#words[this.#next++] >>> 0;
  }

  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) * 1.1102230246251565e-16;
  }

  drawUniforms(out: Float64Array): void {
    let i = 0;
    // Words left over from a block come first. Behind an odd number of words there is no block to begin with.
    while (this.#next !== 4 && i < out.length) out[i++] = this.uniform();
    const words = this.#words;
    for (; i + 1 < out.length; i += 2) {
      this.#refill();
      this.#next = 4;
      out[i] = ((words[0] >>> 5) * 67108864 + (words[1] >>> 6)) * 1.1102230246251565e-16;
      out[i + 1] = ((words[2] >>> 5) * 67108864 + (words[3] >>> 6)) * 1.1102230246251565e-16;
    }
    if (i < out.length) out[i] = this.uniform();
  }

  fork(label: string | number): Rng {
    return new Threefry(deriveKey(this.#key, 'label', label), 0);
  }

  snapshot(): RngSnapshot {
    const key = Array.from(this.#key, (word) => word >>> 0);
    return { algorithm: 'threefry4x32-20', key, position: 4 * this.#block - (4 - this.#next) };
  }

  keyAtStart(): Uint32Array | undefined {
    return this.#block === 0 ? Uint32Array.from(this.#key) : undefined;
  }

  #refill(): void {
    threefry4x32(this.#key, this.#block | 0, Math.floor(this.#block / 4294967296), 0, 0, this.#words);
    this.#block++;
    this.#next = 0;
  }
}
