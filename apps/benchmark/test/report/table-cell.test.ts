import { expect, test } from 'vitest';
import { formatEnergy, formatSpread, signedPercent } from '../../src/report/number-text.js';
import { knownSpread, spreadOf } from '../../src/report/spread.js';
import { standingOf } from '../../src/report/standing.js';
import { tableOfRun } from '../../src/report/table-cell.js';
import { exampleTable } from './example-table.js';

test('a spread has the deviation with n − 1, and none for one value', () => {
  expect(spreadOf([1, 2, 3])).toEqual({ mean: 2, sd: 1 });
  expect(spreadOf([7])).toEqual({ mean: 7, sd: undefined });
  expect(knownSpread({ mean: 7, sd: 0 })).toEqual({ mean: 7, sd: undefined });
});

test('spreads are printed with as many digits for the deviation as for the mean, and without one where there is none', () => {
  expect(formatSpread({ mean: 0.1114, sd: 0.005 }, 3)).toBe('0.111 ± 0.005');
  expect(formatSpread({ mean: 0.1114, sd: undefined }, 3)).toBe('0.111');
  expect(formatEnergy({ mean: 15.1, sd: 0.215 })).toBe('15.10 ± 0.21');
  expect(formatEnergy({ mean: 116.5, sd: 2.633 })).toBe('116.5 ± 2.6');
  expect([signedPercent(0.0151), signedPercent(-0.1)]).toEqual(['+1.5 %', '−10.0 %']);
});

test('a W2 stands better, within or worse by the published mean and deviation, without rounding', () => {
  const published = { mean: 0.111, sd: 0.005 };
  expect(standingOf(0.111, published)).toBe('better');
  expect(standingOf(0.1112, published)).toBe('within');
  expect(standingOf(0.1161, published)).toBe('worse');
  expect(standingOf(NaN, published)).toBe('worse');
});

test('rows and columns come in the published order, whatever the order of the cells', () => {
  const run = exampleTable({ seeds: [42], sweep: false });
  const reversed = { ...run, cells: [...run.cells].reverse(), dataSets: [...run.dataSets].reverse() };
  const { methods, dataSets } = tableOfRun(reversed);
  expect(methods.slice(0, 3)).toEqual(['DSBM-IPF', 'DSBM-IMF', 'DSBM-IMF+']);
  expect(dataSets.map(({ name }) => name)).toEqual(['moons', 'scurve', '8gaussians', 'moons→8gaussians']);
});

test('a cell gathers its seeds: mean, deviation, standing and the exact bridge', () => {
  const run = exampleTable({ methods: ['DSB'], dataSets: ['moons'], seeds: [1, 2], sweep: false });
  const cells = run.cells.map((cell, i) => ({
    ...cell,
    judgement: { ...cell.judgement, w2: 0.18 + 0.04 * i, pathEnergy: 1.5 },
    exactBridge: { sigma: 1, pathEnergy: 1.25 },
  }));
  const cell = tableOfRun({ ...run, cells }).cell('moons', 'DSB')!;
  expect(cell.w2.mean).toBeCloseTo(0.2, 12);
  // Two values that differ by d have the deviation d/√2.
  expect(cell.w2.sd).toBeCloseTo(0.04 / Math.sqrt(2), 12);
  expect(cell.standing).toBe('within');
  expect(cell.exactBridge!.deviation).toBeCloseTo(0.2, 12);
  expect(cell.publishedEnergy).toBeUndefined();
});

test('a cell is finished if every seed is', () => {
  const run = exampleTable({ methods: ['CFM'], dataSets: ['moons'], seeds: [1, 2], sweep: false });
  run.cells[1].training.status = 'time-limit';
  expect(tableOfRun(run).cells[0].isFinished).toBe(false);
});
