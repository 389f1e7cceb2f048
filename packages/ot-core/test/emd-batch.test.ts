import { createWorkerPool, leaseKernels, returnKernels } from '@brenier/kernels';
import { nastyTransportProblem } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costMatrix,
  createTransportProblem,
  emd,
  emdBatch,
  pointClouds,
  type BatchProblem,
  type EmdBatchWant,
} from '../src/index.js';
import { sampleProblems, solveAlone } from './batch/sample-problems.js';

const cloud = [
  [0, 0],
  [1, 0],
  [0, 2],
];

describe('emdBatch', () => {
  it('gives the results of emd, in the order of the problems, to the bit', () => {
    const problems = sampleProblems(120);
    const results = emdBatch(problems);
    expect(results).toHaveLength(120);
    problems.forEach((problem, k) => expect(results[k]).toEqual(solveAlone(problem)));
  });

  it('gives the results of emd on nasty input', () => {
    fc.assert(
      fc.property(fc.array(nastyTransportProblem({ maxCount: 20 }), { maxLength: 6 }), (problems) => {
        const alone = problems.map(({ geometry, a, b }) => emd(geometry, { a, b }));
        expect(emdBatch(problems.map(({ geometry, a, b }) => ({ geometry, a, b })))).toEqual(alone);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out what is not wanted, and changes no bit of the rest', () => {
    const problems = sampleProblems(40, 2);
    const results = emdBatch(problems, { want: 'result' });
    const uncertified = emdBatch(problems, { want: 'uncertified' });
    results.forEach(({ certificate, ...rest }, k) => {
      expect(certificate.primal).toBe(rest.cost);
      expect(uncertified[k]).toEqual(rest);
    });
    expect(emdBatch(problems, { want: 'coupling' })).toEqual(results.map(({ coupling }) => coupling));
    expect(emdBatch(problems, { want: 'cost' })).toEqual(Float64Array.from(results, ({ cost }) => cost));
  });

  it.each([1, 2, 3, 4])('gives the same bits on a pool of %i threads', async (threads) => {
    const pool = await createWorkerPool({ threads });
    const problems = sampleProblems(90, 3);
    expect(emdBatch(problems, { pool })).toEqual(emdBatch(problems));
    expect(emdBatch(problems.slice(0, 1), { pool, want: 'cost' })).toEqual(
      emdBatch(problems.slice(0, 1), { want: 'cost' }),
    );
    expect(emdBatch([], { pool })).toEqual([]);
    await pool.dispose();
  });

  it('gives the same bits on kernels with fused multiply-adds', async () => {
    const pool = await createWorkerPool({ threads: 2, relaxedSimd: true });
    const problems = sampleProblems(40, 4);
    expect(emdBatch(problems, { pool })).toEqual(emdBatch(problems));
    await pool.dispose();
  });

  it('answers an empty batch with nothing', () => {
    expect(emdBatch([])).toEqual([]);
    expect(emdBatch([], { want: 'cost' })).toEqual(new Float64Array(0));
  });

  it('takes every form of a problem, and several of one array', () => {
    const weights = { a: [1, 2, 3], b: [2, 2, 2] };
    const shared = Float32Array.of(0, 0, 1, 0, 0, 2);
    const matrix = costMatrix([
      [1, 2],
      [4, 3],
    ]);
    const problems: BatchProblem[] = [
      { x: cloud, y: cloud, ...weights },
      { x: shared, y: shared, dim: 2, ...weights },
      { x: shared, y: shared, dim: 1 },
      { geometry: pointClouds(cloud, cloud), ...weights },
      createTransportProblem(pointClouds(cloud, cloud), weights),
      { geometry: matrix },
      { geometry: matrix, a: [1, 0] },
    ];
    const cost = emd(cloud, cloud, weights).cost;
    expect(emdBatch(problems, { want: 'cost' })).toEqual(Float64Array.of(cost, cost, 0, cost, cost, 2, 1.5));
  });

  it('keeps no reference to its input and does not change it', () => {
    const x = Float64Array.of(3, 1, 2);
    const a = Float64Array.of(1, 0, 2);
    const before = [x.slice(), a.slice()];
    const [result] = emdBatch([{ x, y: x, dim: 1, a }]);
    expect([x, a]).toEqual(before);
    x.fill(NaN);
    a.fill(NaN);
    expect(result).toEqual(emd(before[0], before[0], { dim: 1, a: before[1] }));
  });

  it('gives its kernels back, and a pool its memory', async () => {
    const first = leaseKernels();
    returnKernels(first);
    emdBatch(sampleProblems(10));
    const second = leaseKernels();
    expect(second).toBe(first);
    returnKernels(second);

    const pool = await createWorkerPool({ threads: 2 });
    const free = pool.hold(1);
    free.release();
    emdBatch(sampleProblems(200), { pool, want: 'cost' });
    const bytes = pool.memory.buffer.byteLength;
    emdBatch(sampleProblems(200), { pool, want: 'cost' });
    expect(pool.hold(1).offset).toBe(free.offset);
    expect(pool.memory.buffer.byteLength).toBe(bytes);
    await pool.dispose();
  });

  it('solves a problem that needs many rounds beside small ones', async () => {
    const large = { x: points(1500, 1), y: points(1500, 2), dim: 11 };
    const problems = [...sampleProblems(3), large, ...sampleProblems(3, 9)];
    const pool = await createWorkerPool({ threads: 2 });
    const [alone, shared] = [emdBatch(problems), emdBatch(problems, { pool })];
    expect(shared).toEqual(alone);
    expect(alone[3]).toEqual(solveAlone(large));
    await pool.dispose();
  });

  it('names the problem and the part of it that is refused, before any is solved', () => {
    const fine = { x: cloud, y: cloud };
    const refusal = (bad: unknown) => {
      try {
        emdBatch([fine, fine, bad as BatchProblem]);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const cases: [unknown, new (...values: never[]) => Error, string][] = [
      [{ ...fine, a: [1, 2] }, RangeError, '"problems[2].a" expected length 3, got 2'],
      [{ ...fine, a: [1, 2, -1] }, RangeError, '"problems[2].a[2]" expected a finite number >= 0, got -1'],
      [{ ...fine, a: [0, 0, 0] }, RangeError, '"problems[2].a" expected weights with a finite sum > 0'],
      [{ ...fine, a: [1, 1, 1], b: [1, 1, 2] }, RangeError, '"problems[2].b" expected the total mass 3 of "a", got 4'],
      [{ ...fine, b: [1, Infinity, 1] }, RangeError, '"problems[2].b[1]" expected a finite number'],
      [{ ...fine, b: 'equal' }, TypeError, '"problems[2].b" expected a typed array'],
      [{ x: [], y: cloud }, RangeError, '"problems[2].x" expected at least one point, got none'],
      [{ x: cloud, y: [[1], [2]] }, RangeError, '"problems[2].y" expected points of dimension 2 like "x"'],
      [{ x: [[NaN, 0]], y: cloud }, RangeError, '"problems[2].x[0][0]" expected a finite number, got NaN'],
      [{ x: cloud, y: [[1e200, 0]] }, RangeError, '"problems[2].x, y" expected costs below'],
      [{ x: [1, 2], y: [1, 2] }, RangeError, '"problems[2].x" expected the option "dim" beside a flat array'],
      [
        { ...fine, cost: 'taxi' },
        RangeError,
        '"problems[2].cost" expected "squared-euclidean", "euclidean" or { p, power }',
      ],
      [{ ...fine, costs: 'euclidean' }, RangeError, '"problems[2]" expected only the options "x", "y"'],
      [{ geometry: cloud }, TypeError, '"problems[2].geometry" expected a geometry from'],
      [
        { geometry: pointClouds(cloud, cloud), cost: 'euclidean' },
        RangeError,
        '"problems[2]" expected only the options',
      ],
      [{ isAssignment: true }, TypeError, '"problems[2]" expected a problem from createTransportProblem'],
      [cloud, TypeError, '"problems[2]" expected an options object'],
      [undefined, TypeError, '"problems[2]" expected { x, y }, { geometry } or a problem, got undefined'],
    ];
    for (const [bad, kind, message] of cases) {
      const error = refusal(bad);
      expect(error, message).toBeInstanceOf(kind);
      expect((error as Error).message).toContain(message);
    }
  });

  it('refuses what is no array, unknown options, and what is no pool', () => {
    expect(() => emdBatch({ x: cloud, y: cloud } as never)).toThrow('"problems" expected an array of problems');
    expect(() => emdBatch([], { certify: false } as never)).toThrow('expected only the options "want", "pool"');
    expect(() => emdBatch([], { want: 'plan' as EmdBatchWant })).toThrow('"want" expected one of "result"');
    expect(() => emdBatch([], { pool: {} as never })).toThrow('"pool" expected a pool from createWorkerPool');
    expect(() => emdBatch([], { pool: null as never })).toThrow(TypeError);
  });

  it('says what does not fit into the memory of WebAssembly', () => {
    // At 740 bytes a point of the line, six million take 4.1 GiB.
    const count = 6_000_000;
    const large = { x: { points: new Float64Array(count), count, dim: 1 }, y: [[0]] };
    expect(() => emdBatch([{ x: cloud, y: cloud }, large])).toThrow(
      '"problems[1]" expected a solve within 4 GiB of WebAssembly memory',
    );
  });
});

/** Coordinates in [0, 1) that look random: fractional parts of multiples of √2. */
function points(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count * 11 }, (_, k) => ((k + 1) * (k + seed) * Math.SQRT2) % 1);
}
