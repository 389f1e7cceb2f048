import { expect, test } from 'vitest';
import { htmlReport } from '../src/report/html-report.js';
import { TABLE_HEAD, tableRows, textTable } from '../src/report/table.js';
import { exampleRun } from './example-run.js';

test('the table has one row per cell and one text per column', () => {
  const rows = tableRows(exampleRun());
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row).toHaveLength(TABLE_HEAD.length);
});

test('the table prints the published value, the floor and the run side by side', () => {
  const [, line] = textTable(exampleRun()).split('\n').slice(1);
  expect(line).toContain('0.200');
  expect(line).toContain('0.080');
  expect(line).toContain('0.215 ± 0.028');
});

test('the report is one page without scripts or links to anything outside', () => {
  const html = htmlReport(exampleRun());
  expect(html).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});

test('the report draws coupling, field and samples of every cell, and distance and loss of every data set', () => {
  const html = htmlReport(exampleRun());
  expect(html.match(/<svg/g)).toHaveLength(2 * 3 + 2);
});

test('the report escapes what a machine or a version may contain', () => {
  const run = exampleRun();
  run.machine.cpu = '<b>&"';
  expect(htmlReport(run)).toContain('&lt;b&gt;&amp;&quot;');
});

test('the report says when a run has one method only and names no winner', () => {
  const run = exampleRun();
  run.cells = run.cells.slice(0, 1);
  expect(htmlReport(run)).not.toContain('class="best"');
});
