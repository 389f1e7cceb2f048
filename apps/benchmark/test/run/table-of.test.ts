import { expect, test } from 'vitest';
import { tableOf } from '../../src/run/table-of.js';
import type { RunResult } from '../../src/results.js';
import { exampleCell } from './example-cell.js';

function exampleRun(): RunResult {
  return {
    format: 'brenier-benchmark/2',
    command: 'pnpm reproduce',
    startedAt: '2026-01-02T03:04:05.000Z',
    status: 'finished',
    machine: { platform: 'linux', arch: 'x64', cpu: 'A processor', cores: 2, memoryGiB: 8, node: '20.19.0' },
    versions: {},
    settings: {},
    methodSettings: {},
    dataSets: [],
    cells: [{ ...exampleCell(), npe: 0.01, energyFloor: 1.2 }],
    sweep: [],
    failures: [],
  };
}

test('two runs that differ in clocks, machines and the words that were typed have the same table', () => {
  const other = exampleRun();
  Object.assign(other, { command: 'pnpm reproduce --threads 1', startedAt: '2027', versions: { a: '1' } });
  other.machine.cpu = 'Another';
  Object.assign(other.cells[0].training, { trainingSeconds: 7, pairingSeconds: 8, engine: 'another' });
  Object.assign(other.cells[0].judgement, { samplingSeconds: 7, w2Seconds: 8 });
  expect(tableOf(other)).toBe(tableOf(exampleRun()));
});

test.each([
  ['a figure', (run: RunResult) => (run.cells[0].judgement.w2 += 2 ** -54)],
  ['a loss', (run: RunResult) => (run.cells[0].training.losses[0].loss = 2)],
  ['a failure', (run: RunResult) => run.failures.push({ cell: 'a', reason: 'b' })],
  ['a seed', (run: RunResult) => (run.cells[0].settings.seed = 43)],
])('%s that differs shows', (_, change) => {
  const other = exampleRun();
  change(other);
  expect(tableOf(other)).not.toBe(tableOf(exampleRun()));
});
