import { expect, test } from 'vitest';
import type { ComparedCell, RunResult } from '../../src/results.js';
import { incomparable, tableOfRun } from '../../src/report/table-cell.js';
import { isBelowFloor, verdict, type Claim } from '../../src/report/verdict.js';
import { exampleTable } from './example-table.js';

const whole = exampleTable({ sweep: false });

/** The whole table with some of its cells replaced. */
function tampered(method: string, dataSet: string, change: (cell: ComparedCell) => ComparedCell): RunResult {
  const isMeant = ({ settings }: ComparedCell): boolean => settings.method === method && settings.dataSet === dataSet;
  return { ...whole, cells: whole.cells.map((cell) => (isMeant(cell) ? change(cell) : cell)) };
}

function withW2(cell: ComparedCell, w2: number): ComparedCell {
  return { ...cell, judgement: { ...cell.judgement, w2 } };
}

function withEnergy(cell: ComparedCell, pathEnergy: number): ComparedCell {
  return { ...cell, judgement: { ...cell.judgement, pathEnergy } };
}

function claims(run: RunResult): Claim[] {
  return verdict(tableOfRun(run));
}

test('a whole table that keeps every promise is said to', () => {
  expect(claims(whole).map(({ holds }) => holds)).toEqual([true, true, true, true, true, true]);
  expect(claims(whole)[0].evidence).toMatch(/^35 of 35 cells, \d+ of them at or below the mean itself\.$/);
});

test('one W2 above the published mean and deviation refutes the first claim and is named', () => {
  // Published: 0.129 ± 0.022.
  const [within] = claims(tampered('RF', 'moons', (cell) => withW2(cell, 0.1515)));
  expect(within.holds).toBe(false);
  expect(within.evidence).toContain('34 of 35 cells');
  expect(within.evidence).toContain('RF on moons 0.151 > 0.151');
});

test('a W2 exactly one deviation above the published mean is still within it', () => {
  const [within] = claims(tampered('RF', 'moons', (cell) => withW2(cell, 0.129 + 0.022)));
  expect(within.holds).toBe(true);
});

test('a column whose best is not below the published best refutes the second claim', () => {
  const run = {
    ...whole,
    cells: whole.cells.map((cell) => (cell.settings.dataSet === 'moons' ? withW2(cell, 0.111) : cell)),
  };
  const best = claims(run)[1];
  expect(best.holds).toBe(false);
  expect(best.evidence).toContain('moons 0.111 (DSBM-IPF) ≥ 0.111');
});

test('an NPE of OT-CFM above 0.05 refutes the third claim, that of another method does not', () => {
  expect(claims(tampered('OT-CFM', 'scurve', (cell) => ({ ...cell, npe: 0.051 })))[2].holds).toBe(false);
  expect(claims(tampered('RF', 'scurve', (cell) => ({ ...cell, npe: 0.9 })))[2].holds).toBe(true);
});

test('an energy below the floor by more than its sampling error refutes the fourth claim', () => {
  // Made-up floor of moons: 1.2 ± 0.024, five seeds, so that two standard errors are 0.021.
  const near = claims(tampered('RF', 'moons', (cell) => withEnergy(cell, 1.19)))[3];
  expect(near.holds).toBe(true);
  expect(near.evidence).toBe(
    '1 of 35 cells are below W2²(p0, p1), 0 by more than two standard errors. RF on moons −0.8 %.',
  );
  const far = claims(tampered('RF', 'moons', (cell) => withEnergy(cell, 1.1)))[3];
  expect(far.holds).toBe(false);
  expect(far.evidence).toContain('RF on moons −8.3 %');
});

test('one seed below the floor has no sampling error, so that nothing is decided', () => {
  const one = exampleTable({ seeds: [42], methods: ['RF'], dataSets: ['moons'], sweep: false });
  const run = { ...one, cells: one.cells.map((cell) => withEnergy(cell, 1.1)) };
  expect(claims(run)[3].holds).toBeUndefined();
  expect(isBelowFloor(tableOfRun(run).cells[0])).toBeUndefined();
});

test('an energy further than 10 % from the exact bridge refutes the fifth claim, on either side', () => {
  for (const factor of [0.89, 1.11]) {
    const run = tampered('DSB', '8gaussians', (cell) => withEnergy(cell, factor * cell.exactBridge!.pathEnergy));
    const bridge = claims(run)[4];
    expect(bridge.holds).toBe(false);
    expect(bridge.evidence).toContain(`DSB on 8gaussians ${factor < 1 ? '−' : '+'}11.0 %`);
  }
});

test('a violated dual refutes the last claim', () => {
  const run = tampered('CFM', 'moons', (cell) => ({
    ...cell,
    judgement: { ...cell.judgement, w2RelativeViolation: 1e-6 },
  }));
  expect(claims(run)[5].holds).toBe(false);
});

test('a part of the table decides nothing that it does not refute', () => {
  const part = exampleTable({ methods: ['CFM', 'OT-CFM'], dataSets: ['moons', '8gaussians'], sweep: false });
  const [within, best, npe, , bridge] = claims(part);
  for (const claim of [within, best, npe, bridge]) expect(claim.holds).toBeUndefined();
  expect(within.evidence).toContain('4 of 4 cells');
  expect(within.evidence).toContain('The table has 35.');
});

test('a part of the table can refute a claim', () => {
  const part = exampleTable({ methods: ['CFM'], dataSets: ['moons'], sweep: false });
  const run = { ...part, cells: part.cells.map((cell) => withW2(cell, 1)) };
  expect(claims(run)[0].holds).toBe(false);
});

test('a run without cells decides nothing', () => {
  const empty = { ...whole, cells: [] };
  expect(claims(empty).map(({ holds }) => holds)).toEqual(Array(6).fill(undefined));
});

test('cells that were stopped early, or lack a seed, neither keep nor refute a promise', () => {
  const stopped = (cells: readonly ComparedCell[]): RunResult => ({
    ...whole,
    cells: cells.map((cell) => ({ ...cell, training: { ...cell.training, status: 'time-limit' } })),
  });
  const bad = whole.cells.map((cell) => withEnergy(withW2({ ...cell, npe: 1 }, 9), 99));
  // Every other seed is missing, of all cells.
  const fewer = (cells: readonly ComparedCell[]): RunResult => ({
    ...whole,
    cells: cells.filter(({ settings }) => settings.seed % 2 === 0),
  });
  for (const cells of [whole.cells, bad]) {
    for (const run of [stopped(cells), fewer(cells)]) {
      const decided = claims(run).map(({ holds }) => holds);
      expect([0, 1, 2, 4].map((k) => decided[k])).toEqual(Array(4).fill(undefined));
    }
  }
});

test.each([9999, 10_001])('W2 of %i samples decide nothing beside those of 10,000', (samples) => {
  const cells = whole.cells.map((cell) => ({ ...cell, settings: { ...cell.settings, samples } }));
  const [within, best, optimal] = claims({ ...whole, cells });
  expect([within.holds, best.holds, optimal.holds]).toEqual([undefined, undefined, true]);
  expect(incomparable({ ...whole, cells })).toContain(samples < 10_000 ? 'and larger than' : 'and smaller than');
});
