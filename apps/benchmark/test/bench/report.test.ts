import { expect, test } from 'vitest';
import { compareRows } from '../../src/bench/compare-rows.js';
import { benchPage } from '../../src/bench/report/bench-page.js';
import { benchTable, benchText, summaryTable } from '../../src/bench/report/bench-table.js';
import type { BenchResult, CellRecord, RowRecord, Side } from '../../src/bench/results.js';
import { exampleBench } from './example-bench.js';

function row(side: Side, group: string, variant: string, rounds: number[][]): RowRecord {
  const tried = [{ variant, milliseconds: 7 }];
  return {
    side,
    name: side,
    threads: 1,
    group,
    variant,
    tried,
    rounds,
    figures: {},
    unitsPerSample: 10,
    idleCores: 0.002,
  };
}

function exampleCell(total?: number): CellRecord {
  const rows = [
    row('ours', 'plain SIMD', 'fused', [[1], [3]]),
    row('ours', 'fused multiply-add', 'fused', [[0.5], [2]]),
    row('peer', 'eager', 'AdamW', [[4], [4]]),
    row('peer', 'compiled', 'AdamW', [[2], [4]]),
  ];
  const agreements = [{ contender: 'peer', quantity: 'loss', error: 2e-7 }];
  const cell = { name: 'c', title: 'A cell', unit: 'step', total, agreements, rows, notes: ['Left out: x.\nlong'] };
  return compareRows(cell);
}

function trainBench(cells: CellRecord[]): BenchResult {
  return exampleBench({
    suite: 'train',
    title: 'Training',
    summary: 'What is <timed>.',
    status: 'finished',
    versions: { '@brenier/ot-core': '0.1.0' },
    peers: { command: 'peer.py', versions: { torch: '2.15.0' } },
    cells,
  });
}

test('the table has a text for every column that it shows, and shows the whole time of runs only', () => {
  for (const total of [undefined, 20]) {
    const { head, rows } = benchTable(exampleCell(total));
    expect(rows).toHaveLength(4);
    for (const texts of rows) expect(texts).toHaveLength(head.length);
    expect(head.includes('run s')).toBe(total !== undefined);
  }
});

test('the table prints the median, the least and the ratio to the quickest row of the rivals', () => {
  const [ours, , eager, compiled] = benchTable(exampleCell()).rows;
  expect(ours.slice(3)).toEqual(['2.000', '1.000', '0.63', '0.50 – 0.75', '0.2 %']);
  expect(eager.slice(3, 6)).toEqual(['4.000', '4.000', '1.50']);
  expect(compiled.slice(3, 6)).toEqual(['3.000', '2.000', '1.00']);
});

test('a row that was tried and not timed shows its trial and no ratio', () => {
  const cell = exampleCell();
  cell.rows.push(row('peer', 'slow', 'AdamW', []));
  expect(benchTable(cell).rows[4].slice(3)).toEqual(['tried: 7.000', '', '', '', '']);
});

test('the summary sets the best of ours beside the best rival, compiled and not', () => {
  expect(summaryTable(trainBench([exampleCell()])).rows).toEqual([
    ['A cell', '2.000', '1.250', '3.000', '4.000', '0.63', '0.38', '0.50'],
  ]);
});

test('a bench without rivals says why and has no ratios', () => {
  const cell = exampleCell();
  cell.rows = cell.rows.filter(({ side }) => side === 'ours');
  for (const each of cell.rows) delete each.ratio;
  const text = benchText({ ...trainBench([cell]), peers: { missing: 'no Python' } });
  expect(text).toContain('Ours alone; rivals: no Python');
  expect(text).not.toContain('÷');
});

test('the page draws every cell, names versions and escapes what it is given', () => {
  const html = benchPage(trainBench([exampleCell(), exampleCell()]));
  expect(html.match(/<svg/g)).toHaveLength(2);
  expect(html).toContain('torch 2.15.0');
  expect(html).toContain('What is &lt;timed&gt;.');
  expect(html).toContain('Answers agree: loss to 2e-7.');
  expect(html).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});

test('a cell that failed says so in the page and in the terminal', () => {
  const cell: CellRecord = { ...exampleCell(), rows: [], error: 'peer gives another loss' };
  expect(benchPage(trainBench([cell]))).toContain('peer gives another loss');
  expect(benchText(trainBench([cell]))).toContain('peer gives another loss');
});
