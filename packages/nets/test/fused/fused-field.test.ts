import { createWorkerPool, type WorkerPool } from '@brenier/kernels';
import { createRng, fillNormal, streamKey } from '@brenier/random';
import { centralDifferences, expectAllClose } from '@brenier/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fusedMlp,
  type ActivationName,
  type FieldWalk,
  type FusedMlp,
  type VelocityMlpOptions,
} from '../../src/fused.js';
import { referenceVelocity } from '../reference-mlp.js';

let pools: (WorkerPool | undefined)[] = [undefined];
beforeAll(async () => {
  pools = [undefined, await createWorkerPool({ threads: 2 }), await createWorkerPool({ threads: 3 })];
});
afterAll(async () => {
  for (const pool of pools) await pool?.dispose();
});

const shape: VelocityMlpOptions = { dim: 2, hidden: [20, 17], activation: 'silu', time: { fourier: 2 }, classes: 3 };

const euler = { nodes: [0], stages: [[]], weights: [1] };
const midpoint = { nodes: [0, 0.5], stages: [[], [0.5]], weights: [0, 1] };
const heun = { nodes: [0, 1], stages: [[], [1]], weights: [0.5, 0.5] };
const rk4 = {
  nodes: [0, 0.5, 0.5, 1],
  stages: [[], [0.5], [0, 0.5], [0, 0, 1]],
  weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
};

const times = Float64Array.of(0, 0.1, 0.35, 0.4, 1);
const stream = (k: number) => createRng('noise').fork(k);
const noiseOf = (steps: number, nodes: readonly number[]): FieldWalk['noise'] => ({
  keys: Uint32Array.from(Array.from({ length: steps }, (_, k) => [...streamKey(stream(k))!]).flat()),
  spreads: Float64Array.from({ length: steps }, (_, k) => 0.1 * (k + 1)),
  nodes,
});

const walks: [string, FieldWalk][] = [
  ['Euler', { tableau: euler, times }],
  ['midpoint, backwards', { tableau: midpoint, times: times.slice().reverse() }],
  ['Heun', { tableau: heun, times }],
  ['Runge–Kutta of order 4', { tableau: rk4, times }],
  ['Euler–Maruyama', { tableau: euler, times, noise: noiseOf(4, [0]) }],
  ['stochastic Heun', { tableau: heun, times, noise: noiseOf(4, [0, 1]) }],
  ['a method whose first stage has noise too', { tableau: rk4, times, noise: noiseOf(4, [0.5, 0, 0.25, 1]) }],
];

/** The steps by the rule of `FieldWalk`, each evaluation a call of its own. */
function stepByStep(field: ReturnType<FusedMlp['field']>, x: Float64Array, walk: FieldWalk): void {
  const { tableau, times, noise } = walk;
  const drawn = new Float64Array(x.length);
  const combine = (terms: [number, Float64Array][], out: Float64Array) => {
    const kept = terms.filter(([c]) => c !== 0);
    for (let i = 0; i < x.length; i++) {
      if (kept.length === 1) out[i] = x[i] + kept[0][0] * kept[0][1][i];
      else out[i] = x[i] + kept.reduce((sum, [c, values]) => sum + c * values[i], 0);
    }
  };
  for (let k = 0; k + 1 < times.length; k++) {
    const h = times[k + 1] - times[k];
    if (noise) fillNormal(stream(k), drawn, { sd: noise.spreads[k] });
    const slopes = tableau.nodes.map(() => new Float64Array(x.length));
    tableau.nodes.forEach((node, i) => {
      const argument = new Float64Array(x.length);
      const terms = tableau.stages[i].map((a, j): [number, Float64Array] => [h * a, slopes[j]]);
      combine([...terms, [noise?.nodes[i] ?? 0, drawn]], argument);
      field.evaluate(argument, times[k] + node * h, slopes[i]);
    });
    const terms = tableau.weights.map((b, j): [number, Float64Array] => [h * b, slopes[j]]);
    combine([...terms, [noise === undefined ? 0 : 1, drawn]], x);
  }
}

describe('the field of a fused network', () => {
  it.each(walks)('walks with the bits of single steps: %s', (_, walk) => {
    for (const pool of pools) {
      const network = fusedMlp(shape, { pool });
      const field = network.field(network.initParameters(createRng(1)), { label: 2 });
      for (const count of [1, 63, 64, 65, 200]) {
        const x = fillNormal(createRng(count), new Float64Array(2 * count));
        const expected = x.slice();
        stepByStep(field, expected, walk);
        field.walk(x, walk);
        expect(x).toEqual(expected);
      }
    }
  });

  it('walks large batches slab by slab, each with its own part of the noise', () => {
    const network = fusedMlp({ dim: 3, hidden: [4] });
    const field = network.field(network.initParameters(createRng(1)));
    const walk: FieldWalk = { tableau: heun, times, noise: noiseOf(4, [0, 1]) };
    const x = fillNormal(createRng(2), new Float64Array(3 * 8300));
    const expected = x.slice();
    stepByStep(field, expected, walk);
    field.walk(x, walk);
    expect(x.findIndex((value, i) => !Object.is(value, expected[i]))).toBe(-1);
  });

  it('stays where a walk has no steps, and takes batches without points', () => {
    const network = fusedMlp(shape);
    const field = network.field(network.initParameters(createRng(1)));
    const x = Float64Array.of(1, 2);
    field.walk(x, { tableau: rk4, times: Float64Array.of(0.5) });
    expect(x).toEqual(Float64Array.of(1, 2));
    const none = new Float64Array(0);
    field.walk(none, { tableau: rk4, times });
    field.evaluate(none, 0, none);
    field.jacobianProduct(none, 0, none, none);
  });

  it.each<ActivationName>(['selu', 'silu', 'tanh', 'softplus'])(
    'gives Jacobian products of the definition: %s',
    (activation) => {
      const network = fusedMlp({ ...shape, activation });
      const parameters = network.initParameters(createRng(3));
      const points = fillNormal(createRng(4), new Float64Array(2 * 70));
      const vectors = fillNormal(createRng(5), new Float64Array(2 * 70));
      const expected = Float64Array.from({ length: 2 * 70 }, (_, i) => {
        const [at, k] = [i - (i % 2), i % 2];
        const point = [points[at], points[at + 1]];
        const along = (p: Float64Array) => referenceVelocity(network, parameters, [...p], 0.3, 1)[k];
        const row = centralDifferences(along, Float64Array.from(point));
        return row[0] * vectors[at] + row[1] * vectors[at + 1];
      });
      for (const pool of pools) {
        const out = new Float64Array(2 * 70);
        fusedMlp({ ...shape, activation }, { pool })
          .field(parameters, { label: 1 })
          .jacobianProduct(points, 0.3, vectors, out);
        // float32: 6e-8 a rounding, a few dozen roundings on values of order 1.
        expectAllClose(out, expected, { relative: 3e-6, absolute: 3e-6 });
      }
    },
  );

  it('has the same bits on any number of threads', () => {
    const x = fillNormal(createRng(6), new Float64Array(2 * 9001));
    const [first, ...others] = pools.map((pool) => {
      const network = fusedMlp(shape, { pool });
      const field = network.field(network.initParameters(createRng(1)), { label: 0 });
      const [velocity, product] = [x.slice(), x.slice()];
      field.evaluate(x, 0.25, velocity);
      field.jacobianProduct(x, 0.25, x, product);
      return { velocity, product };
    });
    for (const other of others) expect(other).toEqual(first);
  });

  it.each<[string, object, string]>([
    ['times that are no array', { times: [0, 1] }, '"walk.times" expected a Float64Array, got an array of length 2'],
    ['no times', { times: new Float64Array(0) }, '"walk.times" expected at least one time, got none'],
    [
      'a time that is not finite',
      { times: Float64Array.of(0, NaN) },
      '"walk.times[1]" expected a finite number, got NaN',
    ],
    ['weights of another method', { tableau: { ...rk4, weights: [1] } }, '"walk.tableau.weights" expected length 4'],
    [
      'stages of another method',
      { tableau: { ...heun, stages: [[], []] } },
      '"walk.tableau.stages[1]" expected length 1',
    ],
    ['noise that is none', { noise: 1 }, '"walk.noise.keys" expected a Uint32Array, got undefined'],
    ['noise that is null', { noise: null }, '"walk.noise.keys" expected a Uint32Array, got undefined'],
    ['noise of other steps', { noise: noiseOf(3, [0, 1]) }, '"walk.noise.keys" expected length 16, got 12'],
    [
      'spreads of other steps',
      { noise: { ...noiseOf(4, [0, 1]), spreads: new Float64Array(5) } },
      '"walk.noise.spreads" expected length 4, got 5',
    ],
    [
      'a spread that is not finite',
      { noise: { ...noiseOf(4, [0, 1]), spreads: new Float64Array(4).fill(NaN) } },
      '"walk.noise.spreads[0]" expected a finite number, got NaN',
    ],
    ['noise for other stages', { noise: noiseOf(4, [1]) }, '"walk.noise.nodes" expected length 2, got 1'],
  ])('refuses a walk with %s', (_, changes, message) => {
    const network = fusedMlp(shape);
    const field = network.field(network.initParameters(createRng(1)));
    const walk = { tableau: heun, times, ...changes } as FieldWalk;
    expect(() => field.walk(new Float64Array(2), walk)).toThrow(message);
    expect(() => field.walk(new Float64Array(3), walk)).toThrow('multiple of 2, got 3');
  });
});
