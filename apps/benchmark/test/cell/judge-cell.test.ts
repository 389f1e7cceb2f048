import { wasserstein2 } from '@brenier/metrics';
import { expect, test } from 'vitest';
import { judgeCell } from '../../src/cell/judge-cell.js';
import { seededTask } from '../../src/cell/tasks.js';
import type { TrainedMethod } from '../../src/method/method.js';
import type { CellSettings } from '../../src/settings.js';

const settings: CellSettings = {
  dataSet: 'moons→8gaussians',
  method: 'OT-CFM',
  seed: 42,
  steps: 1,
  samples: 300,
  isPictured: true,
};
const data = seededTask(settings.dataSet, settings.seed);
const test0 = data.draw('source', 'test', settings.samples);
const test1 = data.draw('target', 'test', settings.samples);

/** A process that carries every point by one vector, in as many steps as asked for. */
function translation(by: readonly [number, number]): TrainedMethod {
  return {
    status: 'finished',
    step: 1,
    velocity: {
      dim: 2,
      evaluate: (x, _t, out) => {
        for (let k = 0; k < x.length; k++) out[k] = by[k % 2];
      },
    },
    sample: (_rng, start, numSteps) => ({
      times: [0, 1],
      states: [start, start.map((each, k) => each + by[k % 2])],
      nfe: numSteps,
    }),
    pairs: new Float64Array(4),
    losses: [],
    iterations: [],
    engine: 'none',
  };
}

test('a translation by a vector has its squared length as path energy', () => {
  const { record } = judgeCell(settings, translation([3, -4]), () => undefined);
  // Constant along the path: quadrature has nothing to err in but rounding.
  expect(record.pathEnergy).toBeCloseTo(25, 10);
});

test('samples are judged by the exact distance to the test set, at each number of steps', () => {
  const { record } = judgeCell(settings, translation([0, 0]), () => undefined);
  const { value } = wasserstein2(test0, test1);
  expect(record.w2).toBe(value);
  expect(record.nfeCurve).toEqual([5, 10, 20, 50, 100].map((nfe) => ({ nfe, w2: value })));
  expect(record.w2RelativeViolation).toBeLessThan(1e-12);
  expect(record.nfe).toBe(20);
});

test('samples that are the test set are at distance 0 in every sense', () => {
  const perfect = translation([0, 0]);
  const sample: TrainedMethod['sample'] = (_rng, start, nfe) => ({ times: [0, 1], states: [start, test1.points], nfe });
  const { record } = judgeCell(settings, { ...perfect, sample }, () => undefined);
  expect(record.w2).toBe(0);
  // The divergence of a cloud from itself, in another order: the two solves end within the tolerance of the marginals.
  expect(Math.abs(record.sinkhornDivergence.value)).toBeLessThan(1e-3);
  expect(record.sinkhornDivergence.epsilon).toBe(5);
});

test('a cell without pictures has no curve over numbers of steps', () => {
  const { record } = judgeCell({ ...settings, isPictured: false }, translation([0, 0]), () => undefined);
  expect(record.nfeCurve).toEqual([]);
});
