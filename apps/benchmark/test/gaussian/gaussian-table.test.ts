import { describe, expect, it } from 'vitest';
import { exactIterates } from '../../src/gaussian/exact-iterates.js';
import { gaussianReport } from '../../src/gaussian/gaussian-report.js';
import type { GaussianCell, GaussianRun } from '../../src/gaussian/gaussian-results.js';
import { OUR_PROTOCOL, PUBLISHED_PROTOCOL, settingOrigins } from '../../src/gaussian/gaussian-settings.js';
import { gaussianTables, judgeCovariances } from '../../src/gaussian/gaussian-table.js';

function cellWith(covariances: readonly number[]): GaussianCell {
  const history = covariances.map((endpointCovariance, k) => ({
    halfIteration: k + 1,
    direction: k % 2 === 0 ? ('backward' as const) : ('forward' as const),
    endpointCovariance,
    mean: 0.1,
    variance: 1,
  }));
  const divergences = { full: 0.002, diagonal: 0.001, fullPerDimension: 4e-4, diagonalPerDimension: 2e-4 };
  const outcome = { status: 'finished', step: 10, seconds: 90, engine: 'fused wasm' } as const;
  return { method: 'DSBM-IMF', dim: 5, seed: 1, ...outcome, history, divergences };
}

describe('the verdict on the covariances of a cell', () => {
  it('says from which half-iteration on they hold, beside the one at which exact fits do', () => {
    const exact = exactIterates('DSBM-IMF', 6);
    expect(judgeCovariances(cellWith(exact))).toMatchObject({ heldFrom: 2, exactFrom: 2, worstFromExact: 0 });
    const late = judgeCovariances(cellWith([0.55, 0.62, 0.65, 0.62, 0.61, 0.63]));
    expect(late).toMatchObject({ heldFrom: 4, exactFrom: 2 });
    expect(late.worstFromBridge).toBeCloseTo(0.65 - 0.618034, 6);
  });

  it('says never where the last one is outside', () => {
    expect(judgeCovariances(cellWith([0.55, 0.62, 0.7])).heldFrom).toBeUndefined();
  });
});

describe('what the Gaussian experiment prints', () => {
  const settings = { ...OUR_PROTOCOL, methods: ['DSBM-IMF' as const], dims: [5], seeds: [1] };
  const run: GaussianRun = {
    format: 'brenier-gaussian/1',
    command: 'pnpm reproduce:gaussian',
    startedAt: '2026-01-01T00:00:00.000Z',
    status: 'finished',
    machine: { platform: 'linux', arch: 'x64', cpu: 'a cpu', cores: 2, memoryGiB: 8, node: '22.0.0' },
    versions: { '@brenier/bridges': '0.0.0' },
    settings: settingOrigins(settings),
    cells: [cellWith(exactIterates('DSBM-IMF', 6))],
    failures: [],
  };

  it('has the divergences beside the published ones and their floors', () => {
    const text = gaussianTables(run);
    // d/n and d(d + 3)/(4n) times 1000 for d = 5, n = 10,000.
    expect(text).toMatch(/DSBM-IMF\s+5\s+1\s+1\.34 ± 0\.51\s+1\.00\s+0\.50\s+2\.00\s+1\.00\s+0\.20\s+0\.40/);
    expect(text).toMatch(/DSBM-IMF\s+5\s+1\s+6\s+0\.6180/);
  });

  it('marks as ours what the published protocol has otherwise, and nothing else', () => {
    const origins = (protocol: typeof settings) =>
      Object.entries(settingOrigins(protocol)).flatMap(([name, { origin }]) => (origin === 'ours' ? [name] : []));
    expect(origins({ ...settings, ...PUBLISHED_PROTOCOL })).toEqual(['training points', 'seeds']);
    expect(origins(settings)).toContain('batch size');
  });

  it('is a page of its own', () => {
    const page = gaussianReport(run);
    expect(page).toContain('<h3>d = 5</h3>');
    expect(page.match(/<svg/g)).toHaveLength(2);
    expect(page).not.toContain('NaN');
  });
});
