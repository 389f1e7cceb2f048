import { expect, test } from 'vitest';
import { tableFigures } from '../../src/report/table-figures.js';
import { exampleTable } from './example-table.js';

const figures = tableFigures(exampleTable());

test('every data set has its three sheets and eight charts, under names that any file system takes', () => {
  expect(figures.size).toBe(4 * (3 + 8));
  for (const name of figures.keys()) expect(name).toMatch(/^[\w-]+$/);
  expect([...figures.keys()]).toContain('moons-to-8gaussians-samples');
});

test('a figure stands alone: no reference to anything outside of it, and white behind it', () => {
  for (const svg of figures.values()) {
    expect(/<use|href=|<script/.test(svg)).toBe(false);
    expect(svg.includes('xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(svg.includes('fill="#fff"')).toBe(true);
  }
});

test('a run without pictures has charts only', () => {
  const run = exampleTable({ methods: ['CFM'], dataSets: ['moons'], seeds: [42], sweep: false });
  for (const cell of run.cells) delete cell.pictures;
  expect([...tableFigures(run).keys()]).toEqual(['moons-w2', 'moons-energy', 'moons-evaluations', 'moons-losses']);
});
