/** The judging half of a cell: field → sampler → metric. */
import { velocityEnergy, wasserstein2 } from '@brenier/metrics';
import type { ArrayField } from '@brenier/nets/fused';
import { euler, integrate, midpoint } from '@brenier/samplers';
import type { JudgementRecord } from '../results.js';
import { PROTOCOL, type CellSettings } from '../settings.js';
import { seededTask } from './tasks.js';
import type { TrainedCell } from './train-cell.js';

/** A judged cell: the numbers, and the paths for the pictures. */
export interface JudgedCell {
  record: JudgementRecord;
  generated: Float64Array;
  /** The states of all samples at every Euler step. */
  states: readonly Float64Array[];
}

/** Samples a trained cell and judges the samples. `onJudging` is called between the two. */
export function judgeCell(settings: CellSettings, trained: TrainedCell, onJudging: () => void): JudgedCell {
  const data = seededTask(settings.dataSet, settings.seed);
  const start = data.draw('source', 'test', settings.samples);
  const test = data.draw('target', 'test', settings.samples);
  const field = trained.network.field(trained.parameters);
  const samplingStart = performance.now();
  const sampled = integrate(field, start.points, {
    method: euler(),
    numSteps: PROTOCOL.eulerSteps,
    keep: 'trajectory',
  });
  const samplingSeconds = (performance.now() - samplingStart) / 1000;
  onJudging();
  const generated = { points: sampled.final, count: start.count, dim: 2 };
  const w2Start = performance.now();
  const w2 = wasserstein2(generated, test);
  const w2Seconds = (performance.now() - w2Start) / 1000;
  return {
    record: {
      w2: w2.value,
      pathEnergy: energyOf(field, start.points),
      samplingSeconds,
      w2Seconds,
      w2RelativeViolation: w2.certificate.worstViolation / w2.certificate.largestCost,
      nfe: sampled.nfe,
    },
    generated: sampled.final,
    states: sampled.states,
  };
}

/** The energy of the flow itself, on a grid fine enough that the integrator no longer shows. */
function energyOf(field: ArrayField, start: Float64Array): number {
  const { times, states } = integrate(field, start, {
    method: midpoint(),
    numSteps: PROTOCOL.energySteps,
    keep: 'trajectory',
  });
  const velocities = states.map((state, k) => {
    const velocity = new Float64Array(state.length);
    field.evaluate(state, times[k], velocity);
    return velocity;
  });
  return velocityEnergy(times, velocities, { dim: 2 });
}
