import { expect, test } from 'vitest';
import { htmlReport } from '../../src/report/html-report.js';
import { exampleTable } from './example-table.js';

const whole = htmlReport(exampleTable());

/** A plain answer: a page of a megabyte would drown the failure. */
function has(html: string, what: string | RegExp): boolean {
  return typeof what === 'string' ? html.includes(what) : what.test(html);
}

test('the report of a whole table with its pictures stays below 2.5 MB', () => {
  expect(Buffer.byteLength(whole)).toBeLessThan(2.5e6);
});

test('the report is one page without scripts or links to anything outside', () => {
  expect(has(whole, /<script|<link|<img|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)).toBe(false);
});

test('every picture and chart has a title for readers that do not see it', () => {
  const shown = whole.match(/<svg [^>]*>/g)!.filter((tag) => !tag.includes('aria-hidden'));
  for (const tag of shown) expect(tag).toMatch(/aria-label="[^"]+"/);
  // Four data sets: samples, trajectories and couplings of nine methods (FM lacks one data set), source and data, eight charts.
  expect(shown).toHaveLength(3 * 35 + 4 + 4 * 8);
});

test('no number of the report is undefined or not a number', () => {
  expect(has(whole, /NaN|undefined|Infinity/)).toBe(false);
});

test('every link of the contents leads to a section', () => {
  for (const [, id] of whole.matchAll(/href="#([^"]+)"/g)) expect(has(whole, `id="${id}"`)).toBe(true);
});

test('every cell shows both means and deviations, and its mark', () => {
  const cells = whole.match(/<td class="(better|within|worse)[^>]*><span class="mark"/g)!;
  // 35 of W2; of energy those of the five stochastic methods and of OT-CFM.
  expect(cells).toHaveLength(35 + 5 * 4 + 4);
  expect(has(whole, '<small>0.111 ± 0.005</small>')).toBe(true);
});

test('the best of each column is framed, and the only method of a column is not', () => {
  expect(whole.match(/<td class="[a-z]+ best"/g)).toHaveLength(4);
  const alone = htmlReport(exampleTable({ methods: ['CFM'], dataSets: ['moons'], seeds: [42], sweep: false }));
  expect(has(alone, /<td class="[a-z]+ best"/)).toBe(false);
});

test('a part of the table has no sections and charts for what is not there', () => {
  const run = exampleTable({ methods: ['CFM', 'OT-CFM'], dataSets: ['moons'], seeds: [42], sweep: false });
  const html = htmlReport(run);
  expect(has(html, 'Bridges over their iterations')).toBe(false);
  expect(has(html, 'Noise of the reference')).toBe(false);
  expect(has(html, '>scurve<')).toBe(false);
  expect(has(html, /NaN|undefined|Infinity/)).toBe(false);
});

test('a run without pictures and without any cell is still a page', () => {
  const run = exampleTable({ methods: ['CFM'], dataSets: ['moons'], seeds: [42], sweep: false });
  for (const cell of run.cells) delete cell.pictures;
  expect(has(htmlReport(run), 'not in this run')).toBe(true);
  expect(has(htmlReport({ ...run, cells: [], dataSets: [] }), 'Not decided')).toBe(true);
});

test('a cell without all of its seeds says so', () => {
  const run = exampleTable({ methods: ['CFM', 'RF'], dataSets: ['moons'], seeds: [1, 2, 3], sweep: false });
  run.cells.pop();
  expect(has(htmlReport(run), '2 of 3 seeds')).toBe(true);
});

test('the report says which cells failed and why', () => {
  const run = exampleTable({ methods: ['CFM'], dataSets: ['moons'], seeds: [42], sweep: false });
  run.failures = [{ cell: 'moons-rf-42', reason: 'diverged at step <7>' }];
  expect(has(htmlReport(run), 'moons-rf-42: diverged at step &lt;7&gt;')).toBe(true);
});

test('whatever comes from outside is escaped: commands, machines, versions, settings, names', () => {
  const run = exampleTable({ methods: ['CFM'], dataSets: ['moons'], seeds: [42], sweep: false });
  const evil = '<b>&"';
  run.command = evil;
  run.machine.cpu = evil;
  run.machine.platform = evil;
  run.versions = { [evil]: evil };
  run.settings = { [evil]: { value: evil, origin: 'ours' } };
  run.startedAt = evil;
  run.cells[0].training.engine = evil;
  expect(has(htmlReport(run), '<b>&"')).toBe(false);
  expect(htmlReport(run).split('&lt;b&gt;&amp;&quot;').length).toBeGreaterThan(8);
});

test('a setting that methods share is said once, with those that have it and where it comes from', () => {
  expect(whole.split('3-64-64-64-2, SELU, raw time')).toHaveLength(2);
  expect(has(whole, '<td class="soft">all</td>')).toBe(true);
  expect(has(whole, '<td class="soft">DSBM-IPF, DSBM-IMF, DSBM-IMF+, DSB, SB-CFM</td>')).toBe(true);
  expect(has(whole, 'title="inferred"')).toBe(true);
});
