import { checkLength } from '@brenier/errors';
import { checkFloat64Array } from '../float-arrays.js';
import { holdParts } from '../held-parts.js';
import type { KernelExports } from '../kernel-exports.js';
import type { KernelHost } from '../kernel-host.js';
import { mlpBlock, mlpPlan, type MlpPlaces, tableAt, writePlaces } from './mlp-plan.js';
import { checkMlpShape, type MlpShape } from './mlp-shape.js';

/** Bytes that the kernels take to draw normal numbers. */
const normalScratch = 1024;

/** Steps of an explicit Runge–Kutta method. */
export interface MlpWalk {
  /** a of the tableau, row i the weights of the i stages before it. */
  readonly stages: readonly (readonly number[])[];
  /** b of the tableau. */
  readonly weights: readonly number[];
  /** h of each step, shape [steps]. */
  readonly stepSizes: Float64Array;
  /** The extra features of each evaluation, shape [steps · stages, extra]. */
  readonly extra: Float32Array;
  /**
   * N, added to the increment of each step. Default: none. Where there is one term, x + c·k is formed; else the terms
   * are summed from 0 in order, the noise last, and then added to x.
   */
  readonly noise?: MlpWalkNoise;
}

/**
 * Normal noise as `fillNormal` of `@brenier/random` draws it from a stream for each step: coordinate c of point i is
 * number i·dim + c of the stream. A number costs about 8 ns.
 */
export interface MlpWalkNoise {
  /** The keys of the streams, shape [steps, 4]; `streamKey` of `@brenier/random`. */
  readonly keys: Uint32Array;
  /** The standard deviation in each step, shape [steps]. */
  readonly spreads: Float64Array;
  /**
   * The multiple of N in the argument of each stage, its last term as in the step, left out where it is 0; shape
   * [stages]. Stochastic Heun has [0, 1].
   */
  readonly nodes: readonly number[];
  /** The place in the streams of the first point of the call. Default 0. */
  readonly firstPoint?: number;
}

/**
 * A network with fixed parameters, for evaluation. Points are row-major, shape [count, dim]; dim is the last layer's
 * outputs. Arrays of another type are refused with a TypeError, of another length with a RangeError.
 */
export interface MlpEvaluator {
  /** Copies parameters in; before that nothing is defined. */
  load(parameters: Float32Array): void;
  /** The velocities of points that share their extra features. */
  forward(points: Float64Array, extra: Float32Array, out: Float64Array): void;
  /** The Jacobian of the velocity by the point, times a vector of each point. */
  jacobianProduct(points: Float64Array, extra: Float32Array, vectors: Float64Array, out: Float64Array): void;
  /** Moves points through all steps in place. */
  walk(points: Float64Array, walk: MlpWalk): void;
  /** Gives the memory back; call it once. */
  release(): void;
}

/**
 * Takes memory for the evaluation of a network. Points are computed in blocks of 64, each on one thread: float64
 * outside, float32 inside. The bits of a point do not depend on the others, nor on the number of threads.
 *
 * A point costs 2 · parameterCount operations, a Jacobian product twice as many.
 *
 * @param host - where it runs
 * @param shape - the network
 * @returns the evaluator; nothing is loaded yet
 * @throws TypeError or RangeError for layers that do not fit together, and where the memory cannot grow that far
 *
 * @example
 * A linear map of [point, time]: 2x + 3t + 1.
 * ```ts
 * import { createMlpEvaluator, leaseKernels, localHost, returnKernels } from '@brenier/kernels';
 *
 * const kernels = leaseKernels();
 * const evaluator = createMlpEvaluator(localHost(kernels), { layers: [{ features: 2, outputs: 1 }], activation: 0 });
 * evaluator.load(Float32Array.of(2, 3, 1));
 * const velocities = new Float64Array(2);
 * evaluator.forward(Float64Array.of(0, 1), Float32Array.of(0.5), velocities);
 * velocities; // => Float64Array.of(2.5, 4.5)
 * evaluator.release();
 * returnKernels(kernels);
 * ```
 */
export function createMlpEvaluator(host: KernelHost, shape: MlpShape): MlpEvaluator {
  const plans = { plain: mlpPlan(host, checkMlpShape(shape), false), sloped: mlpPlan(host, shape, true) };
  const { parameterCount, parameterBytes, transposedBytes, tableBytes, dim, extra } = plans.plain;
  const state = holdParts(host, [tableBytes, parameterBytes, transposedBytes]);
  const [table, parametersAt, transposedAt] = state.offsets;
  new Uint8Array(host.memory.buffer, transposedAt, transposedBytes).fill(0);

  return {
    load(parameters) {
      new Float32Array(host.memory.buffer, parametersAt, parameterCount).set(
        checkLength('parameters', parameters, parameterCount),
      );
      describe(plans.plain.table, {});
      host.exports.mlpTransposeParameters(table);
    },
    forward(points, extras, out) {
      const count = checkCall(points, extras, { out });
      const { byteLength } = points;
      const room = holdParts(host, [byteLength, byteLength, extra * 4, host.threads * plans.plain.scratchBytes]);
      const [pointsAt, velocitiesAt, extrasAt, scratch] = room.offsets;
      numbers(pointsAt, points.length).set(points);
      new Float32Array(host.memory.buffer, extrasAt, extra).set(extras);
      describe(plans.plain.table, { pointsAt, velocitiesAt, extrasAt, count });
      run('mlpForwardBlock', count, scratch, plans.plain.scratchBytes);
      out.set(numbers(velocitiesAt, points.length));
      room.memory.release();
    },
    jacobianProduct(points, extras, vectors, out) {
      const count = checkCall(points, extras, { vectors, out });
      const { byteLength } = points;
      const perThread = plans.sloped.scratchBytes;
      const room = holdParts(host, [byteLength, byteLength, byteLength, extra * 4, host.threads * perThread]);
      const [pointsAt, velocitiesAt, vectorsAt, extrasAt, scratch] = room.offsets;
      numbers(pointsAt, points.length).set(points);
      numbers(vectorsAt, points.length).set(vectors);
      new Float32Array(host.memory.buffer, extrasAt, extra).set(extras);
      describe(plans.sloped.table, { pointsAt, velocitiesAt, vectorsAt, extrasAt, count });
      run('mlpTangentBlock', count, scratch, perThread);
      out.set(numbers(velocitiesAt, points.length));
      room.memory.release();
    },
    walk(points, walk) {
      const { stages, weights, stepSizes, extra: extras, noise } = walk;
      checkLength('stages', stages, weights.length);
      checkLength('extra', extras, stepSizes.length * weights.length * extra);
      if (noise !== undefined) {
        checkLength('noise.keys', noise.keys, 4 * stepSizes.length);
        checkLength('noise.spreads', noise.spreads, stepSizes.length);
        checkLength('noise.nodes', noise.nodes, weights.length);
      }
      const count = checkPoints(points);
      const sums = walkSums(walk);
      const terms = Int32Array.from(sums.flatMap((sum) => [sum.length, ...sum.map(({ stage }) => stage)]));
      const factors = sums.flat();
      const perThread = plans.plain.scratchBytes + (weights.length + 2) * (mlpBlock * dim * 8 + 64) + normalScratch;
      const room = holdParts(host, [
        points.byteLength,
        extras.byteLength,
        noise?.keys.byteLength ?? 0,
        noise?.spreads.byteLength ?? 0,
        stepSizes.length * factors.length * 8,
        terms.byteLength,
        host.threads * perThread,
      ]);
      const [pointsAt, extrasAt, noiseKeysAt, spreadsAt, coefficientsAt, termsAt, scratch] = room.offsets;
      numbers(pointsAt, points.length).set(points);
      new Float32Array(host.memory.buffer, extrasAt, extras.length).set(extras);
      if (noise !== undefined) {
        new Uint32Array(host.memory.buffer, noiseKeysAt, noise.keys.length).set(noise.keys);
        numbers(spreadsAt, noise.spreads.length).set(noise.spreads);
      }
      const coefficients = numbers(coefficientsAt, stepSizes.length * factors.length);
      stepSizes.forEach((h, k) => {
        factors.forEach(({ stage, factor }, i) => {
          coefficients[k * factors.length + i] = stage === weights.length ? factor : h * factor;
        });
      });
      new Int32Array(host.memory.buffer, termsAt, terms.length).set(terms);
      describe(plans.plain.table, {
        pointsAt,
        extrasAt,
        noiseKeysAt: noise === undefined ? 0 : noiseKeysAt,
        spreadsAt,
        firstPoint: noise?.firstPoint ?? 0,
        coefficientsAt,
        termsAt,
        steps: stepSizes.length,
        stages: weights.length,
        count,
      });
      run('mlpWalkBlock', count, scratch, perThread);
      points.set(numbers(pointsAt, points.length));
      room.memory.release();
    },
    release: () => state.memory.release(),
  };

  /** Checks the arrays of a call and gives the number of points. */
  function checkCall(points: Float64Array, extras: Float32Array, others: Record<string, Float64Array>): number {
    checkLength('extra', extras, extra);
    for (const [name, array] of Object.entries(others)) {
      checkLength(name, checkFloat64Array(name, array), points.length);
    }
    return checkPoints(points);
  }

  function checkPoints(points: Float64Array): number {
    const { length } = checkFloat64Array('points', points);
    if (length % dim === 0) return length / dim;
    throw new RangeError(`"points" expected a multiple of ${dim} coordinates, got ${length}`);
  }

  function numbers(offset: number, length: number): Float64Array {
    return new Float64Array(host.memory.buffer, offset, length);
  }

  function describe(template: Uint32Array, places: MlpPlaces): void {
    const target = tableAt(host, plans.plain, table);
    target.set(template);
    writePlaces(target, { parametersAt, transposedAt, ...places });
  }

  function run(kernel: keyof KernelExports, count: number, scratch: number, perThread: number): void {
    host.runNow({
      kernel,
      rows: Math.ceil(count / mlpBlock),
      rowsPerChunk: 1,
      arguments: [table, { start: 0, perRow: 1 }, { start: scratch, perThread }],
    });
  }
}

/**
 * The terms of each stage's argument and of the step, without zeros; the number of stages stands for the noise, which
 * comes last.
 */
function walkSums({ stages, weights, noise }: MlpWalk): { stage: number; factor: number }[][] {
  return [...stages, weights].map((row, i) => {
    const noiseFactor = noise === undefined ? 0 : i < stages.length ? noise.nodes[i] : 1;
    const terms = row.map((factor, stage) => ({ stage, factor }));
    return [...terms, { stage: weights.length, factor: noiseFactor }].filter(({ factor }) => factor !== 0);
  });
}
