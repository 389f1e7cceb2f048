import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reportCommand } from '../../src/command/report.js';
import { exampleTable } from '../report/example-table.js';

const run = exampleTable({ methods: ['CFM', 'OT-CFM'], dataSets: ['moons'], seeds: [42], sweep: false });
let folder: string;
let results: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
  results = join(folder, 'results.json');
  await writeFile(results, JSON.stringify(run, null, 1));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function report(...words: string[]): Promise<unknown> {
  return reportCommand().parseAsync(words, { from: 'user' });
}

test('the report is written again beside the numbers, which stay as they are', async () => {
  const before = await readFile(results, 'utf8');
  await report(results);
  expect((await readdir(folder)).sort()).toEqual(['report.html', 'results.json']);
  expect(await readFile(results, 'utf8')).toBe(before);
});

test('a folder to publish has the numbers, the report, a page and its figures', async () => {
  const out = join(folder, 'published');
  await report(results, '--out', out);
  expect((await readdir(out)).sort()).toEqual(['figures', 'report.html', 'results.json', 'table.md']);
  expect(JSON.parse(await readFile(join(out, 'results.json'), 'utf8'))).toEqual(run);
  const page = await readFile(join(out, 'table.md'), 'utf8');
  const figures = await readdir(join(out, 'figures'));
  for (const [, name] of page.matchAll(/\(figures\/(.+)\)/g)) expect(figures).toContain(name);
});

test('a file of another format is refused', async () => {
  const other = join(folder, 'other.json');
  await writeFile(other, '{"format":"brenier-bench/1"}');
  await expect(report(other)).rejects.toThrow(
    '"results" expected a file of format brenier-benchmark/2, got brenier-bench/1',
  );
  await rm(other);
});

test('a damaged file is named', async () => {
  const damaged = join(folder, 'damaged.json');
  await writeFile(damaged, '{"format":');
  await expect(report(damaged)).rejects.toThrow(/damaged\.json is no JSON/);
  await rm(damaged);
});
