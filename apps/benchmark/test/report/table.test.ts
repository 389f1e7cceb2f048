import { expect, test } from 'vitest';
import { textTable } from '../../src/report/table.js';
import { exampleTable } from './example-table.js';

test('the table sets every W2 beside the published one with its mark, and the floor below', () => {
  const lines = textTable(exampleTable({ sweep: false })).split('\n');
  expect(lines.find((line) => line.startsWith('OT-CFM'))).toMatch(/^OT-CFM +0\.\d{3}±0\.\d{3} ✓ 0\.111±0\.005 /);
  expect(lines.find((line) => line.startsWith('floor'))).toContain('0.196');
  expect(lines.filter((line) => line.startsWith('✓ '))).toHaveLength(6);
});

test('one seed shows no deviation', () => {
  const text = textTable(exampleTable({ seeds: [42], methods: ['OT-CFM'], dataSets: ['moons'], sweep: false }));
  expect(text).toMatch(/^OT-CFM +0\.\d{3} ✓ 0\.111±0\.005$/m);
  expect(text).toMatch(/^W2²\(p0,p1\) +1\.200$/m);
});

test('a cell that the run does not have is a dash', () => {
  const text = textTable(exampleTable({ seeds: [42], methods: ['FM'], dataSets: ['moons', 'moons→8gaussians'] }));
  expect(text).toMatch(/^FM .* –$/m);
});

test('a cell that was stopped early has an asterisk', () => {
  const run = exampleTable({ seeds: [42], methods: ['CFM'], dataSets: ['moons'], sweep: false });
  run.cells[0].training.status = 'time-limit';
  expect(textTable(run)).toMatch(/^CFM +0\.\d{3}\* /m);
});

test('a W2 above the published one is marked as it stands', () => {
  const run = exampleTable({ seeds: [42], methods: ['CFM', 'RF'], dataSets: ['moons'], sweep: false });
  // Published: CFM 0.215 ± 0.028, RF 0.129 ± 0.022.
  for (const { judgement } of run.cells) judgement.w2 = 0.22;
  expect(textTable(run)).toMatch(/^CFM +0\.220 ≈ /m);
  expect(textTable(run)).toMatch(/^RF +0\.220 ✗ /m);
});

test('a run with fewer samples than the published one says that its W2 cannot be compared', () => {
  const run = exampleTable({ seeds: [42], methods: ['CFM'], dataSets: ['moons'], sweep: false });
  expect(textTable(run)).not.toContain('samples and larger');
  run.cells[0].settings.samples = 500;
  expect(textTable(run)).toContain('These W2 are of 500 samples and larger than those of the 10000');
});
