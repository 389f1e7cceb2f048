import { expect, test } from 'vitest';
import { orderName, type Answer, type WorkOrder } from '../../src/cell/work-order.js';
import { methodNamed } from '../../src/method/methods.js';
import { assembleResult, type RunOutcome } from '../../src/run/assemble-result.js';
import { ordersOf, planRun } from '../../src/run/plan.js';
import type { RunSettings } from '../../src/settings.js';
import { exampleCell } from './example-cell.js';

const settings: RunSettings = {
  dataSets: ['moons'],
  methods: ['DSBM-IMF', 'CFM'],
  seeds: [1, 2],
  isQuick: false,
  timeLimit: Infinity,
  samples: 2,
  sweep: [2],
};
const plan = planRun(settings);

/** Made-up answers: the floor of seed s is s, every cell has energy 1.3, every exact bridge its σ as energy. */
function answer(order: WorkOrder): Answer<WorkOrder> {
  if (order.kind === 'cell') return exampleCell(order.settings);
  const { dataSet } = order;
  if (order.kind === 'exact-bridge') return { dataSet, sigma: order.sigma, pathEnergy: order.sigma, error: 0 };
  const { seed } = order;
  return {
    dataSet,
    seed,
    samplingDistances: [seed, seed + 2],
    energyFloor: seed,
    source: [seed, 0],
    target: [0, seed],
  };
}

function assemble(change: (outcome: RunOutcome) => void = () => undefined, asked: Partial<RunSettings> = {}) {
  const answers = new Map(ordersOf(plan).map((order) => [orderName(order), answer(order)]));
  const outcome: RunOutcome = { answers, failures: [], command: '', startedAt: new Date(0), isAborted: false };
  change(outcome);
  return assembleResult({ ...settings, ...asked }, plan, outcome);
}

test('floors are means over the seeds, and the excess energy is that over the floor of the cell’s own seed', () => {
  const { dataSets, cells } = assemble();
  // Sampling distances 1, 3, 2, 4; energy floors 1, 2.
  expect(dataSets[0].samplingFloor).toEqual({ mean: 2.5, sd: Math.sqrt(5 / 3) });
  expect(dataSets[0].energyFloor).toEqual({ mean: 1.5, sd: Math.sqrt(0.5) });
  expect(dataSets[0].source).toEqual([1, 0]);
  for (const { settings: cell, npe } of cells) expect(npe).toBeCloseTo(Math.abs(1.3 - cell.seed) / cell.seed, 12);
});

test('a method with noise stands beside the exact bridge at its σ, one without does not', () => {
  const sigma = methodNamed('DSBM-IMF').sigma('moons');
  for (const { settings: cell, exactBridge } of assemble().cells) {
    expect(exactBridge).toEqual(cell.method === 'CFM' ? undefined : { sigma, pathEnergy: sigma });
  }
});

test('the sweep has its own points and the cell of the table at the method’s own σ', () => {
  const sigma = methodNamed('DSBM-IMF').sigma('moons');
  expect(assemble().sweep.map((point) => [point.sigma, point.settings.seed])).toEqual([
    [2 * sigma, 1],
    [sigma, 1],
  ]);
});

test('what is missing leaves a gap, and the status says why', () => {
  const name = 'moons-cfm-2';
  expect(assemble().status).toBe('finished');
  const aborted = assemble((outcome) => {
    outcome.answers.delete(name);
    outcome.isAborted = true;
  });
  expect([aborted.status, aborted.cells.length]).toEqual(['aborted', 3]);
  const failed = assemble(({ answers, failures }) => {
    answers.delete(name);
    failures.push({ cell: name, reason: 'diverged' });
  });
  expect([failed.status, failed.cells.length, failed.failures]).toEqual([
    'failed',
    3,
    [{ cell: name, reason: 'diverged' }],
  ]);
  const late = assemble(({ answers }) => {
    const cell = exampleCell({ seed: 2 });
    answers.set(name, { ...cell, training: { ...cell.training, status: 'time-limit' } });
  });
  expect(late.status).toBe('time-limit');
});

test('a cell whose floor is not measured yet is left out', () => {
  const { cells } = assemble(({ answers }) => answers.delete('floor-moons-2'));
  expect(cells.map(({ settings: cell }) => cell.seed)).toEqual([1, 1]);
});

test('the settings are those that the run had', () => {
  const steps = (asked: Partial<RunSettings>) => assemble(undefined, asked).methodSettings.CFM.steps.value;
  expect(steps({ steps: 40 })).toBe(40);
  expect(steps({ isQuick: true })).toBe(methodNamed('CFM').quickSteps);
  expect(steps({})).toBe(methodNamed('CFM').steps);
  const seeds = (...asked: number[]) => assemble(undefined, { seeds: asked }).settings.seeds.origin;
  expect([seeds(1, 2), seeds(1, 2, 3, 4, 5)]).toEqual(['ours', 'published protocol']);
  expect(assemble().settings['Sinkhorn divergence'].value).toContain('drawn at random');
});
