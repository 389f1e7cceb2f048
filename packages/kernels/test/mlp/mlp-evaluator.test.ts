import { createRng, fillNormal, streamKey } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  createMlpEvaluator,
  localHost,
  type MlpEvaluator,
  type MlpShape,
  type MlpWalk,
  type MlpWalkNoise,
} from '../../src/index.js';
import { mlpForward } from '../../src/reference/mlp-gradient.js';
import { expectSameBits, loadVariants, seededNumbers } from '../parity/variants.js';
import { networkOf, parametersOf, withWideProducts } from './networks.js';

const variants = withWideProducts(await loadVariants());
const networks = [
  [1, 1],
  [3, 2],
  [3, 1, 2],
  [5, 15, 4],
  [4, 17, 3, 2],
  [17, 70, 64, 16],
  [2, 257, 2],
  [9, 512, 512, 9],
];
const named = networks.map((widths) => [widths.join('-'), widths] as const);

const methods = {
  euler: { stages: [[]], weights: [1] },
  heun: { stages: [[], [1]], weights: [0.5, 0.5] },
  midpoint: { stages: [[], [0.5]], weights: [0, 1] },
  rk4: { stages: [[], [0.5], [0, 0.5], [0, 0, 1]], weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6] },
};

describe.each(variants)('an evaluator of the $name binary', ({ kernels }) => {
  const of = (shape: MlpShape) => {
    const evaluator = createMlpEvaluator(localHost(kernels), shape);
    evaluator.load(parametersOf(shape));
    return evaluator;
  };

  it.each(named)('gives the velocities of the oracle for %s', (_, widths) => {
    for (const activation of [0, 1, 2, 3, 4]) {
      const shape = networkOf(widths, activation);
      for (const count of widths[1] > 255 ? [3] : [1, 15, 16, 17, 63, 64, 65, 200]) {
        const { points, extra } = pointsOf(shape, count);
        const got = new Float64Array(points.length);
        of(shape).forward(points, extra, got);
        const { velocities } = mlpForward(shape, parametersOf(shape), inputsOf(points, extra, count));
        if (!kernels.isRelaxed) expectSameBits(got, velocities);
        // Fused sums round once where the oracle rounds twice, values near 1 with 2^-24.
        expect(got.findIndex((value, i) => !(Math.abs(value - velocities[i]) < 1e-5))).toBe(-1);
      }
    }
  });

  it.each(named)('gives Jacobian products that agree with differences for %s', (_, widths) => {
    // Without the kink of ReLU: float32 values differ by 1e-6 or so, which a step of 0.02 turns into 5e-5; the third
    // derivatives of these networks add about 1e-4.
    for (const activation of [1, 3, 4]) {
      const shape = networkOf(widths, activation);
      const evaluator = of(shape);
      const { points, extra } = pointsOf(shape, 65);
      const vectors = seededNumbers(points.length, 7);
      const [got, ahead, behind] = [points.slice(), points.slice(), points.slice()];
      evaluator.jacobianProduct(points, extra, vectors, got);
      const step = 0.02;
      evaluator.forward(
        points.map((x, i) => x + step * vectors[i]),
        extra,
        ahead,
      );
      evaluator.forward(
        points.map((x, i) => x - step * vectors[i]),
        extra,
        behind,
      );
      expect(got.findIndex((value, i) => !(Math.abs(value - (ahead[i] - behind[i]) / (2 * step)) < 1e-3))).toBe(-1);
    }
  });

  it.each(Object.entries(methods))('walks by %s to the bits of the same steps one by one', (_, method) => {
    for (const [widths, count] of [
      [[3, 9, 2], 200],
      [[6, 5, 3], 17],
      [[1, 4, 1], 1],
    ] as const) {
      const shape = networkOf(widths);
      const evaluator = of(shape);
      const { points } = pointsOf(shape, count);
      const features = widths[0] - widths[2];
      const stepSizes = Float64Array.of(0.3, -0.1, 0.25);
      const extra = Float32Array.from(seededNumbers(3 * method.weights.length * features, 3));
      for (const noise of [undefined, noiseOf(3, method.weights.length)]) {
        const walk = { ...method, stepSizes, extra, noise };
        const [got, expected] = [points.slice(), points.slice()];
        evaluator.walk(got, walk);
        walkByHand(evaluator, expected, walk, features, widths[2]);
        expectSameBits(got, expected);
      }
    }
  });
});

describe('createMlpEvaluator', () => {
  it('accepts no points, and no steps', () => {
    const evaluator = createMlpEvaluator(localHost(variants[0].kernels), networkOf([3, 4, 2]));
    evaluator.load(new Float32Array(26));
    const none = new Float64Array(0);
    evaluator.forward(none, Float32Array.of(1), none);
    evaluator.jacobianProduct(none, Float32Array.of(1), none, none);
    const points = Float64Array.of(1, 2);
    evaluator.walk(points, { ...methods.rk4, stepSizes: none, extra: new Float32Array(0) });
    expect(points).toEqual(Float64Array.of(1, 2));
  });

  it('refuses parameters of another length', () => {
    const evaluator = createMlpEvaluator(localHost(variants[0].kernels), networkOf([3, 4, 2]));
    expect(() => evaluator.load(new Float32Array(25))).toThrow('"parameters" expected length 26, got 25');
  });

  it('refuses arrays of another length', () => {
    const evaluator = createMlpEvaluator(localHost(variants[0].kernels), networkOf([3, 4, 2]));
    const [points, time, longer] = [new Float64Array(4), new Float32Array(1), new Float64Array(6)];
    expect(() => evaluator.forward(new Float64Array(3), time, new Float64Array(3))).toThrow(
      '"points" expected a multiple of 2 coordinates, got 3',
    );
    expect(() => evaluator.forward(points, new Float32Array(2), points)).toThrow('"extra" expected length 1, got 2');
    expect(() => evaluator.forward(points, time, longer)).toThrow('"out" expected length 4, got 6');
    expect(() => evaluator.jacobianProduct(points, time, longer, points)).toThrow('"vectors" expected length 4, got 6');
    const walk = { ...methods.heun, stepSizes: new Float64Array(2), extra: new Float32Array(4) };
    expect(() => evaluator.walk(points, { ...walk, extra: time })).toThrow('"extra" expected length 4, got 1');
    const noise = noiseOf(2, 2);
    expect(() => evaluator.walk(points, { ...walk, noise: noiseOf(1, 2) })).toThrow(
      '"noise.keys" expected length 8, got 4',
    );
    expect(() => evaluator.walk(points, { ...walk, noise: { ...noise, spreads: points } })).toThrow(
      '"noise.spreads" expected length 2, got 4',
    );
    expect(() => evaluator.walk(points, { ...walk, stages: [] })).toThrow('"stages" expected length 2, got 0');
    expect(() => evaluator.walk(points, { ...walk, noise: { ...noise, nodes: [1] } })).toThrow(
      '"noise.nodes" expected length 2, got 1',
    );
  });

  it('refuses arrays of another type, which it would read past their end', () => {
    const evaluator = createMlpEvaluator(localHost(variants[0].kernels), networkOf([3, 4, 2]));
    const [points, time] = [new Float64Array(4), new Float32Array(1)];
    const floats = new Float32Array(4) as unknown as Float64Array;
    const message = (name: string) =>
      new TypeError(`"${name}" expected a Float64Array, got a Float32Array of length 4`);
    expect(() => evaluator.forward(floats, time, points)).toThrow(message('points'));
    expect(() => evaluator.forward(points, time, floats)).toThrow(message('out'));
    expect(() => evaluator.jacobianProduct(points, time, floats, points)).toThrow(message('vectors'));
    const walk = { ...methods.euler, stepSizes: new Float64Array(1), extra: time };
    expect(() => evaluator.walk(floats, walk)).toThrow(message('points'));
  });

  it('keeps no memory of its calls', () => {
    const { kernels } = variants[0];
    const evaluator = createMlpEvaluator(localHost(kernels), networkOf([3, 4, 2]));
    const mark = kernels.arena.mark();
    const points = new Float64Array(200);
    evaluator.forward(points, new Float32Array(1), points.slice());
    evaluator.walk(points, { ...methods.euler, stepSizes: new Float64Array(1), extra: new Float32Array(1) });
    expect(kernels.arena.mark()).toBe(mark);
  });

  it('lets NaN spoil only the point that has it', () => {
    const shape = networkOf([2, 4, 2]);
    const evaluator = createMlpEvaluator(localHost(variants[0].kernels), shape);
    evaluator.load(parametersOf(shape));
    const out = new Float64Array(4);
    evaluator.forward(Float64Array.of(1, NaN, 2, 3), new Float32Array(0), out);
    expect([...out].map(Number.isNaN)).toEqual([true, true, false, false]);
  });
});

const stream = (k: number) => createRng('noise').fork(k);

function noiseOf(steps: number, stages: number): MlpWalkNoise {
  const keys = new Uint32Array(4 * steps);
  for (let k = 0; k < steps; k++) keys.set(streamKey(stream(k))!, 4 * k);
  return { keys, spreads: new Float64Array(steps).fill(0.5), nodes: new Array<number>(stages).fill(0), firstPoint: 3 };
}

function pointsOf({ layers }: MlpShape, count: number) {
  const dim = layers[layers.length - 1].outputs;
  const extra = Float32Array.from(seededNumbers(layers[0].features - dim, 5));
  return { points: seededNumbers(count * dim, 6), extra };
}

function inputsOf(points: Float64Array, extra: Float32Array, count: number): Float32Array {
  const dim = points.length / count;
  return Float32Array.from({ length: count * (dim + extra.length) }, (_, i) => {
    const [row, k] = [Math.floor(i / (dim + extra.length)), i % (dim + extra.length)];
    return k < dim ? points[row * dim + k] : extra[k - dim];
  });
}

/** The steps as the samplers make them: one term is added as it is, several are summed first. */
function walkByHand(evaluator: MlpEvaluator, x: Float64Array, walk: MlpWalk, features: number, dim: number): void {
  const { stages, weights, stepSizes, extra, noise } = walk;
  stepSizes.forEach((h, k) => {
    const slopes: Float64Array[] = weights.map(() => new Float64Array(x.length));
    const add = (row: readonly number[], z: Float64Array | undefined) => {
      const terms = row.map((weight, i) => [h * weight, slopes[i]] as const).filter((_, i) => row[i] !== 0);
      if (z !== undefined) terms.push([1, z]);
      return x.map((value, i) => {
        if (terms.length === 1) return value + terms[0][0] * terms[0][1][i];
        return value + terms.reduce((sum, [c, term]) => sum + c * term[i], 0);
      });
    };
    stages.forEach((row, i) => {
      const at = (k * weights.length + i) * features;
      evaluator.forward(
        row.every((each) => each === 0) ? x : add(row, undefined),
        extra.subarray(at, at + features),
        slopes[i],
      );
    });
    x.set(add(weights, noise && drawnNoise(noise, k, x.length / dim, dim)));
  });
}

function drawnNoise({ spreads, firstPoint = 0 }: MlpWalkNoise, k: number, count: number, dim: number): Float64Array {
  return fillNormal(stream(k), new Float64Array((firstPoint + count) * dim), { sd: spreads[k] }).subarray(
    firstPoint * dim,
  );
}
