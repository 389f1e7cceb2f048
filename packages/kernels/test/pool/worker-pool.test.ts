import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createWorkerPool,
  multiplyMatrices,
  pairwiseDistances,
  pairwiseSquaredDistances,
  type WorkerPool,
} from '../../src/index.js';
import { expectSameBits, seededNumbers } from '../parity/variants.js';

const float32 = (count: number, seed: number) => Float32Array.from(seededNumbers(count, seed));

describe.each([1, 2, 3])('a worker pool of %i threads', (threads) => {
  let pool: WorkerPool;
  beforeAll(async () => {
    pool = await createWorkerPool({ threads });
  });
  afterAll(() => pool.dispose());

  it('has the threads that were asked for', () => {
    expect(pool.threads).toBe(threads);
  });

  // 517 rows are five chunks and a part of one; 257 inner indices are two blocks.
  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('multiplies matrices to the bits of one thread (transposeA %s, transposeB %s)', async (transposeA, transposeB) => {
    const sizes = { rows: 517, inner: 257, columns: 33, transposeA, transposeB };
    const a = float32(sizes.rows * sizes.inner, 1);
    const b = float32(sizes.inner * sizes.columns, 2);
    expectSameBits(await pool.multiplyMatrices(a, b, sizes), multiplyMatrices(a, b, sizes));
    const doubles = [Float64Array.from(a), Float64Array.from(b)] as const;
    expectSameBits(await pool.multiplyMatrices(...doubles, sizes), multiplyMatrices(...doubles, sizes));
  });

  it('computes distances to the bits of one thread', async () => {
    const x = seededNumbers(1501 * 3, 3);
    const y = seededNumbers(701 * 3, 4);
    expectSameBits(await pool.pairwiseSquaredDistances(x, y, 3), pairwiseSquaredDistances(x, y, 3));
    expectSameBits(await pool.pairwiseDistances(x, y, 3), pairwiseDistances(x, y, 3));
    const [x32, y32] = [Float32Array.from(x), Float32Array.from(y)];
    expectSameBits(await pool.pairwiseSquaredDistances(x32, y32, 3), pairwiseSquaredDistances(x32, y32, 3));
  });

  it('runs jobs in the order of the calls, without mixing them', async () => {
    const jobs = Array.from({ length: 30 }, (_, index) => {
      const sizes = { rows: 1 + ((index * 97) % 350), inner: 5, columns: 3 + index };
      const [a, b] = [float32(sizes.rows * 5, index), float32(sizes.columns * 5, index + 1)];
      return { got: pool.multiplyMatrices(a, b, sizes), expected: multiplyMatrices(a, b, sizes) };
    });
    for (const { got, expected } of jobs) expectSameBits(await got, expected);
  });

  it('accepts empty operands', async () => {
    const none = new Float32Array(0);
    expect(await pool.multiplyMatrices(none, none, { rows: 0, inner: 0, columns: 0 })).toEqual(none);
    expect(await pool.multiplyMatrices(none, none, { rows: 1, inner: 0, columns: 2 })).toEqual(new Float32Array(2));
    expect(await pool.pairwiseDistances(none, none, 2)).toEqual(none);
  });

  it('refuses wrong arguments as the functions without a pool do', async () => {
    const a = new Float32Array(6);
    await expect(pool.multiplyMatrices(a, a, { rows: 2, inner: 2, columns: 3 })).rejects.toThrow(
      '"a" expected length 4, got 6',
    );
    await expect(pool.pairwiseDistances(Float64Array.of(NaN), Float64Array.of(1), 1)).rejects.toThrow(
      '"x[0]" expected a finite',
    );
    // @ts-expect-error: an unknown option
    await expect(pool.pairwiseDistances(a, a, 1, { abort: true })).rejects.toThrow(
      'expected only the options "signal"',
    );
  });

  it('rejects with the reason of a signal that was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('not now'));
    const x = seededNumbers(10, 1);
    await expect(pool.pairwiseDistances(x, x, 1, { signal })).rejects.toThrow('not now');
    expectSameBits(await pool.pairwiseDistances(x, x, 1), pairwiseDistances(x, x, 1));
  });

  it('runs a raw job, in turn with the others, until a signal is aborted', async () => {
    const { offset, release } = pool.hold(8000);
    new Float64Array(pool.memory.buffer, offset, 1000).fill(0);
    const x = { start: offset, perRow: 8 };
    const job = { kernel: 'exponential', rows: 1000, rowsPerChunk: 10, arguments: [x, x, 'rows'] } as const;
    await pool.run(job);
    expectSameBits(new Float64Array(pool.memory.buffer, offset, 1000).slice(), new Float64Array(1000).fill(1));
    await expect(pool.run(job, { signal: AbortSignal.abort(new Error('not now')) })).rejects.toThrow('not now');
    await expect(pool.run({ ...job, kernel: 'none' as never })).rejects.toThrow(
      '"kernel" expected the name of a kernel',
    );
    release();
  });

  it('stops between chunks when a signal is aborted, and serves the next job', async () => {
    const controller = new AbortController();
    // About 10^10 operations, seconds of work, in chunks of a few milliseconds.
    const x = seededNumbers(4000 * 600, 1);
    const job = pool.pairwiseSquaredDistances(x, x, 600, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 1);
    await expect(job).rejects.toThrow('enough');
    const small = seededNumbers(400, 2);
    expectSameBits(await pool.pairwiseDistances(small, small, 2), pairwiseDistances(small, small, 2));
  });
});

describe('createWorkerPool', () => {
  it('gives a pool that refuses what is no signal', async () => {
    const pool = await createWorkerPool({ threads: 1 });
    const x = new Float64Array(2);
    for (const signal of ['abort', {}, null]) {
      await expect(pool.pairwiseDistances(x, x, 1, { signal: signal as never })).rejects.toThrow(
        '"signal" expected an AbortSignal',
      );
    }
    await pool.dispose();
  });

  it('refuses a number of threads outside 1 to 64, and unknown options', async () => {
    await expect(createWorkerPool({ threads: 0 })).rejects.toThrow(
      '"threads" expected a whole number in [1, 64], got 0',
    );
    await expect(createWorkerPool({ relaxedSimd: 1 as never })).rejects.toThrow(
      '"relaxedSimd" expected a boolean, got 1',
    );
    await expect(createWorkerPool({ threads: null as never })).rejects.toThrow('"threads" expected a whole number');
    await expect(createWorkerPool({ threads: 65 })).rejects.toThrow(RangeError);
    // @ts-expect-error: a misspelt option
    await expect(createWorkerPool({ thread: 2 })).rejects.toThrow(
      'expected only the options "threads", "relaxedSimd", "wideVectors"',
    );
  });

  it('takes the processors of the system by default', async () => {
    const pool = await createWorkerPool();
    expect(pool.threads).toBeGreaterThanOrEqual(1);
    await pool.dispose();
  });

  it('may use relaxed SIMD, within the rounding of the plain result', async () => {
    const pool = await createWorkerPool({ threads: 2, relaxedSimd: true });
    const sizes = { rows: 230, inner: 64, columns: 16 };
    const [a, b] = [float32(230 * 64, 1), float32(64 * 16, 2)];
    const got = await pool.multiplyMatrices(a, b, sizes);
    const plain = multiplyMatrices(a, b, sizes);
    // Sums of 64 products of numbers below 1, with a relative rounding of 2^-24 each, on both sides.
    expect(got.findIndex((value, i) => Math.abs(value - plain[i]) > 2 * 64 * 64 * 2 ** -24)).toBe(-1);
    await pool.dispose();
  });

  it('rejects jobs after it was disposed, and may be disposed twice', async () => {
    const pool = await createWorkerPool({ threads: 2 });
    await pool.dispose();
    await pool.dispose();
    const x = Float64Array.of(1);
    await expect(pool.pairwiseDistances(x, x, 1)).rejects.toThrow('The worker pool was disposed');
  });
});
