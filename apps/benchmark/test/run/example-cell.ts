import type { CellResult } from '../../src/results.js';
import type { CellSettings } from '../../src/settings.js';

/** A cell with made-up numbers, for what only keeps and counts them. */
export function exampleCell(
  settings: Partial<CellSettings> = {},
  status: 'finished' | 'aborted' = 'finished',
): CellResult {
  return {
    settings: { dataSet: 'moons', method: 'CFM', seed: 42, steps: 100, samples: 2, isPictured: false, ...settings },
    training: {
      status,
      step: 100,
      losses: [{ step: 100, loss: 1 }],
      trainingSeconds: 1,
      pairingSeconds: 0.5,
      engine: 'an engine',
      iterations: [],
    },
    judgement: {
      w2: 0.2,
      sinkhornDivergence: { value: 0.01, epsilon: 0.2 },
      pathEnergy: 1.3,
      nfeCurve: [],
      samplingSeconds: 0.1,
      w2Seconds: 0.1,
      w2RelativeViolation: 1e-16,
      nfe: 20,
    },
  };
}
