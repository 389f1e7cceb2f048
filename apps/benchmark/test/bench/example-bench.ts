import type { BenchResult } from '../../src/bench/results.js';

/** The result of a bench that never ran. */
export function exampleBench(
  own: Pick<BenchResult, 'suite' | 'title' | 'summary' | 'status' | 'versions' | 'peers' | 'cells'>,
): BenchResult {
  return {
    format: 'brenier-bench/1',
    startedAt: '2026-01-02T03:04:05.000Z',
    seconds: 100,
    machine: { platform: 'linux', arch: 'x64', cpu: 'A processor', cores: 2, memoryGiB: 8, node: '20.19.0' },
    loadBefore: 0.25,
    rounds: 2,
    ...own,
  };
}
