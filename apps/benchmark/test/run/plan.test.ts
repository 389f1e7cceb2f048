import { expect, test } from 'vitest';
import { orderName } from '../../src/cell/work-order.js';
import { METHODS, methodNamed } from '../../src/method/methods.js';
import { PUBLISHED_DATA_SETS, PUBLISHED_METHODS } from '../../src/published.js';
import { ordersOf, planRun } from '../../src/run/plan.js';
import type { RunSettings } from '../../src/settings.js';

const table: RunSettings = {
  dataSets: [...PUBLISHED_DATA_SETS],
  methods: [...PUBLISHED_METHODS],
  seeds: [42, 43, 44, 45, 46],
  isQuick: false,
  timeLimit: Infinity,
  samples: 10_000,
  sweep: [],
};

test('there is a recipe for every row of the published table, in its order', () => {
  expect(METHODS.map(({ name }) => name)).toEqual([...PUBLISHED_METHODS]);
});

test('the table has 35 cells a seed, since FM needs a Gaussian source', () => {
  const { cells, floors } = planRun(table);
  expect(cells).toHaveLength(5 * 35);
  expect(
    cells.filter(({ settings }) => settings.method === 'FM').map(({ settings }) => settings.dataSet),
  ).not.toContain('moons→8gaussians');
  expect(floors).toHaveLength(5 * 4);
});

test('one seed is done before the next, and the first is pictured', () => {
  const { cells } = planRun(table);
  expect(cells.map(({ settings }) => settings.seed)).toEqual(cells.map((_, i) => 42 + Math.floor(i / 35)));
  for (const { settings } of cells) expect(settings.isPictured).toBe(settings.seed === 42);
});

test('no two orders share a name, and a name is fit for a file and a queue', () => {
  const names = ordersOf(planRun({ ...table, sweep: [0.5, 2] })).map(orderName);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9.-]+$/);
});

test('steps are those asked for, else those of the recipe, else those for a first look', () => {
  const steps = (settings: RunSettings) => planRun({ ...settings, methods: ['OT-CFM'] }).cells[0].settings.steps;
  expect(steps({ ...table, steps: 7 })).toBe(7);
  expect(steps(table)).toBe(methodNamed('OT-CFM').steps);
  expect(steps({ ...table, isQuick: true })).toBe(methodNamed('OT-CFM').quickSteps);
});

test('the noise is swept on each data set with the first seed, in multiples of the method’s own', () => {
  const { sweep } = planRun({ ...table, sweep: [0.5, 2] });
  const own = methodNamed('DSBM-IMF');
  expect(sweep.map(({ settings }) => [settings.dataSet, settings.seed, settings.sigma])).toEqual(
    PUBLISHED_DATA_SETS.flatMap((name) => [0.5, 2].map((factor) => [name, 42, factor * own.sigma(name)])),
  );
  expect(own.sigma('moons')).toBe(0.7);
  expect(planRun({ ...table, sweep: [1.5] }).sweep[0].settings.sigma).toBe(1.05); // not 1.0499999999999998
});

test('an exact bridge is computed once for each σ that a method or the sweep uses on a data set', () => {
  const moons: RunSettings = { ...table, dataSets: ['moons'] };
  const sigma = methodNamed('DSBM-IMF').sigma('moons');
  expect(planRun({ ...moons, methods: ['CFM', 'RF'] }).exactBridges).toEqual([]);
  expect(planRun({ ...moons, methods: ['DSBM-IMF', 'DSBM-IPF'] }).exactBridges).toEqual([
    { kind: 'exact-bridge', dataSet: 'moons', sigma },
  ]);
  expect(
    planRun({ ...moons, methods: ['DSBM-IMF'], sweep: [2, 0.5] }).exactBridges.map((order) => order.sigma),
  ).toEqual([sigma / 2, sigma, 2 * sigma]);
});
