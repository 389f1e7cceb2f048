import { expect, test } from 'vitest';
import { markdownTable } from '../../src/report/markdown-table.js';
import { tableFigures } from '../../src/report/table-figures.js';
import { exampleTable } from './example-table.js';

test('the page has the claims, both tables with a row for each method, and figures that exist', () => {
  const run = exampleTable({ seeds: [42, 43] });
  const figures = [...tableFigures(run).keys()];
  const page = markdownTable(run, figures);
  expect(page.match(/^- ✓ \*\*/gm)).toHaveLength(6);
  expect(page.match(/^\| (DSB|SB|FM|CFM|RF|OT)/gm)).toHaveLength(2 * 9);
  const shown = [...page.matchAll(/\(figures\/(.+)\.svg\)/g)].map(([, name]) => name);
  expect(shown).toHaveLength(4 * 4);
  for (const name of shown) expect(figures).toContain(name);
});

test('every row of a table has as many cells as its head', () => {
  const page = markdownTable(exampleTable({ seeds: [42] }), []);
  for (const line of page.split('\n').filter((each) => each.startsWith('|'))) {
    expect(line.split(/(?<!\\)\|/)).toHaveLength(4 + 3);
  }
});

test('the best of each column is bold, and each cell shows the published value below', () => {
  const page = markdownTable(exampleTable({ seeds: [42, 43] }), []);
  expect(page.match(/\| \*\*0\.\d{3} ± 0\.\d{3}\*\* /g)).toHaveLength(4);
  expect(page).toContain('✓<br>0.111 ± 0.005');
  expect(page).toContain('exact, σ 1: ');
});

test('a star marks cells that were stopped early, and is explained where there is one', () => {
  const run = exampleTable({ seeds: [42] });
  expect(markdownTable(run, [])).not.toContain('\\*');
  run.cells[0].training.status = 'aborted';
  const page = markdownTable(run, []);
  expect(page).toContain('Cells with \\* were stopped before their last step.');
  expect(page.match(/± –\\\*|\d\\\*/g)).toHaveLength(1);
});

test('a figure that was not written is not shown', () => {
  expect(markdownTable(exampleTable({ seeds: [42] }), [])).not.toContain('![');
});
