import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { compareRows } from '../../src/bench/compare-rows.js';
import { unpackArray } from '../../src/bench/contender/packed-array.js';
import type { ExactWork, Work } from '../../src/bench/contender/work.js';
import { exactFigures, exactSeries, growthOf } from '../../src/bench/exact/exact-figures.js';
import { drawInstance, instanceNames } from '../../src/bench/exact/exact-instances.js';
import { photographPair } from '../../src/bench/exact/real-clouds.js';
import { prepareWork } from '../../src/bench/ours/prepare-work.js';
import { exactPage } from '../../src/bench/report/exact-page.js';
import { exactText } from '../../src/bench/report/exact-tables.js';
import type { BenchResult, CellRecord, RowRecord } from '../../src/bench/results.js';
import { exactSuite } from '../../src/bench/suite/exact-suite.js';
import { exampleBench } from './example-bench.js';

const onOneThread = { threads: 1, relaxedSimd: false, wideVectors: false };
const certified = { name: 'emd', group: 'with certificate' };
const uncertified = { name: 'emd, certify: false', group: 'without certificate' };

test('every instance has the points that were asked for, in any dimension, and is a function of its seed', () => {
  for (const name of instanceNames) {
    for (const dim of [1, 2, 5]) {
      const { x, y } = drawInstance(name, 30, dim, 1);
      expect([x.length, y.length]).toEqual([30 * dim, 30 * dim]);
      expect([...x, ...y].every(Number.isFinite)).toBe(true);
      expect(drawInstance(name, 30, dim, 1)).toEqual({ x, y });
      expect(drawInstance(name, 30, dim, 2)).not.toEqual({ x, y });
    }
  }
});

test('the options choose all combinations', async () => {
  const chosen = { sizes: [64], instances: ['same', 'grid'], dims: [2, 3], weights: ['equal', 'general'] };
  const cells = await exactSuite.cells({ steps: 1, seed: 1, chosen });
  expect(cells.map(({ name }) => name).slice(0, 4)).toEqual([
    'same-2d-equal-points-64',
    'same-2d-general-points-64',
    'same-3d-equal-points-64',
    'same-3d-general-points-64',
  ]);
  expect(cells).toHaveLength(8);
});

test('costs do not depend on what is given, and hold with the certificate and without', async () => {
  const costs = await Promise.all(
    (['points', 'matrix', 'distances'] as const).map(async (given) => {
      const { answer } = await prepareWork(await workOf({ given, weights: ['general'] }), onOneThread);
      const [proved, unproved] = [await answer(certified), await answer(uncertified)];
      expect(unproved).toEqual({ cost: proved.cost });
      // The project's promise: 1e-12 of the largest cost.
      expect(proved.worstViolation as number).toBeLessThanOrEqual(1e-12 * (proved.largestCost as number));
      expect(proved.memoryPeak as number).toBeGreaterThan(0);
      return proved.cost as number;
    }),
  );
  // Sums of the same numbers in another order.
  for (const cost of costs) expect(Math.abs(cost - costs[0])).toBeLessThan(1e-12 * costs[0]);
});

test('a work that was timed is answered by the plan of that time', async () => {
  const { answer, run } = await prepareWork(await workOf({}), onOneThread);
  await run(1, certified);
  const first = await answer(certified);
  expect(await answer(certified)).toMatchObject({ cost: first.cost, pivots: first.pivots });
});

test('masses are divided by their sum on our side, so that the mean cost is that of measures of mass 1', async () => {
  const work = await workOf({ instances: ['shift'], weights: ['general'] });
  const { a } = work.masses!;
  const values = unpackArray(a);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0.5);
  expect(Math.max(...values)).toBeLessThanOrEqual(1.5);
  const { answer } = await prepareWork(work, onOneThread);
  // N(0, I) to N(3, I) in the plane: W2² is 18, and 64 points leave a few units of noise.
  expect((await answer(certified)).cost as number).toBeGreaterThan(12);
  expect((await answer(certified)).cost as number).toBeLessThan(26);
});

test('colours of photographs are pixels between 0 and 1; other images are refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'brenier-photographs-'));
  const file = (name: string) => join(folder, name);
  const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 51, 51, 51);
  await writeFile(file('a.png'), encode({ width: 2, height: 2, data: rgb, channels: 3, depth: 8 }));
  await writeFile(file('b.png'), encode({ width: 3, height: 1, data: rgb.subarray(0, 9), channels: 3, depth: 8 }));
  await writeFile(file('grey.png'), encode({ width: 2, height: 2, data: rgb.subarray(0, 4), channels: 1, depth: 8 }));
  const { x, y, count } = await photographPair([file('a.png'), file('b.png')], 100, 1);
  expect(count).toBe(3);
  expect([...x].every((value) => [0, 0.2, 1].includes(value))).toBe(true);
  // All three pixels of b, each once.
  expect([...y].reduce((sum, value) => sum + value, 0)).toBe(3);
  await expect(photographPair([file('a.png'), file('grey.png')], 100, 1)).rejects.toThrow('no PNG file in full colour');
  await rm(folder, { recursive: true });
});

test('growth is the exponent of a power law, over all sizes or from one on', () => {
  const [series] = exactSeries([100, 1000, 4000].map((size) => exampleCell(size)));
  expect(growthOf(series, 'ours')!.exponent).toBeCloseTo(1.5, 12);
  expect(growthOf(series, 'pot', 1000)).toMatchObject({ from: 1000, to: 4000 });
  expect(growthOf(series, 'pot')!.exponent).toBeCloseTo(2, 12);
  expect(growthOf({ ...series, figures: series.figures.slice(0, 1) }, 'ours')).toBeUndefined();
});

test('a cell tells its ratio to POT whoever else is quicker, and the share of its proof', () => {
  const { ratio, ratioOfLeast, proofShare } = exactFigures(exampleCell(100));
  expect(ratio).toBeCloseTo(0.1, 12);
  expect(ratioOfLeast).toBeCloseTo(0.1, 12);
  expect(proofShare).toBeCloseTo(0.25, 12);
});

test('the page and the terminal show ratios, growth, certificates and what went wrong', () => {
  const failed: CellRecord = { ...exampleCell(8000), rows: [], error: 'Python gives another cost' };
  const cells = [...[100, 1000, 4000].map((size) => exampleCell(size)), failed];
  const [html, text] = [exactPage(exactBench(cells)), exactText(exactBench(cells))];
  for (const shown of [html, text]) {
    expect(shown).toContain('Ours grows like n^1.50 from 100 to 4,000');
    expect(shown).toContain('smallest mass');
    expect(shown).toContain('Python gives another cost');
  }
  expect(html.match(/<svg/g)).toHaveLength(2);
  expect(html).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});

test('without rivals there are no ratios, and no table of them', () => {
  const cell = exampleCell(100);
  const rows = cell.rows.filter(({ side }) => side === 'ours').map((each) => ({ ...each, ratio: undefined }));
  const html = exactPage(exactBench([{ ...cell, rows }]));
  expect(html).toContain('a series');
  expect(html).not.toContain('÷ POT');
});

async function workOf(chosen: { given?: ExactWork['given']; weights?: string[]; instances?: string[] }) {
  const cells = await exactSuite.cells({ steps: 1, seed: 1, chosen: { sizes: [64], ...chosen } });
  const work: Work = cells[0].work;
  if (work.kind !== 'exact') throw new Error('another work');
  return work;
}

/** Ours takes n^1.5 of some unit, a quarter of it for the proof; POT ten times as long at 100, and grows like n². */
function exampleCell(size: number): CellRecord {
  const ours = (size / 100) ** 1.5;
  const proof = { cost: 2, gap: 0, worstViolation: 1e-15, largestCost: 9, marginalError: 0, smallestMass: 0.1 };
  const figures = { ...proof, pivots: 7, memoryBefore: 50, memoryPeak: 60 + size };
  const rows = [
    row('ours', 'with certificate', ours, figures),
    row('ours', 'without certificate', 0.75 * ours, {}),
    row('peer', 'POT', 10 * (size / 100) ** 2, { cost: 2, memoryBefore: 50, memoryPeak: 50 + size ** 1.5 }),
    row('peer', 'SciPy', 0.01, {}),
  ];
  const place = { series: 'a series', size };
  const title = `a series, n = ${size}`;
  return compareRows({ name: `c-${size}`, title, unit: 'plan', place, agreements: [], rows, notes: [] });
}

function row(side: RowRecord['side'], group: string, time: number, figures: Record<string, number>): RowRecord {
  const shape = { side, name: side, threads: 1, group, variant: 'v', unitsPerSample: 1, idleCores: 0 };
  return { ...shape, figures, tried: [{ variant: 'v', milliseconds: time }], rounds: [[time], [time]] };
}

function exactBench(cells: CellRecord[]): BenchResult {
  return exampleBench({
    suite: 'exact',
    title: 'Exact',
    summary: 'What is timed.',
    status: 'failed',
    versions: {},
    peers: { missing: 'no Python' },
    cells,
  });
}
