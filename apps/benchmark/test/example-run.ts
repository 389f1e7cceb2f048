import type { ComparedCell, RunResult } from '../src/results.js';
import type { MethodName } from '../src/settings.js';

/** A small run with made-up numbers, for what only formats them. */
export function exampleRun(): RunResult {
  return {
    format: 'brenier-benchmark/1',
    startedAt: '2026-01-02T03:04:05.000Z',
    seconds: 12,
    status: 'finished',
    machine: { platform: 'linux', arch: 'x64', cpu: 'A processor', cores: 2, memoryGiB: 8, node: '20.19.0' },
    versions: { '@brenier/ot-core': '0.1.0' },
    settings: { seed: { value: 42, origin: 'ours' } },
    dataSets: [{ name: 'moons', samplingFloor: 0.08, energyFloor: 1.21, source: [0, 0, 1, 1], target: [2, 2, 3, 3] }],
    cells: [exampleCell('CFM', 0.2), exampleCell('OT-CFM', 0.12)],
  };
}

function exampleCell(method: MethodName, w2: number): ComparedCell {
  return {
    settings: { dataSet: 'moons', method, seed: 42, steps: 100, samples: 2 },
    training: {
      status: 'finished',
      step: 100,
      losses: [
        { step: 50, loss: 2 },
        { step: 100, loss: 1 },
      ],
      trainingSeconds: 1,
      pairingSeconds: 0.5,
      engine: 'cpu',
    },
    judgement: {
      w2,
      pathEnergy: 1.3,
      samplingSeconds: 0.1,
      w2Seconds: 0.1,
      w2RelativeViolation: 1e-16,
      nfe: 20,
    },
    npe: 0.01,
    pictures: {
      generated: [2, 2.1, 3, 2.9],
      paths: [
        [0, 0, 1, 1, 2, 2.1],
        [1, 1, 2, 2, 3, 2.9],
      ],
      pairs: [0, 0, 2, 2, 1, 1, 3, 3],
    },
  };
}
