/** The judging half of a cell: process → samples → metrics. */
import type { PointCloud } from '@brenier/datasets';
import { wasserstein2 } from '@brenier/metrics';
import { sinkhornDivergence } from '@brenier/ot-core';
import type { Rng } from '@brenier/random';
import { flowEnergy } from '../flow-energy.js';
import type { TrainedMethod } from '../method/method.js';
import type { JudgementRecord } from '../results.js';
import { PROTOCOL, type CellSettings } from '../settings.js';
import { pickPoints } from './pick-points.js';
import { seededTask } from './tasks.js';

/** A judged cell: the numbers, and the paths for the pictures. */
export interface JudgedCell {
  record: JudgementRecord;
  /** The states of all samples at every sampling step. */
  states: readonly Float64Array[];
}

/** Samples a trained process and judges the samples. `onJudging` is called between the two. */
export function judgeCell(settings: CellSettings, trained: TrainedMethod, onJudging: () => void): JudgedCell {
  const data = seededTask(settings.dataSet, settings.seed);
  const start = data.draw('source', 'test', settings.samples);
  const test = data.draw('target', 'test', settings.samples);
  const generate = (numSteps: number) => trained.sample(data.stream('sampling'), start.points, numSteps);
  const samplingStart = performance.now();
  const sampled = generate(PROTOCOL.eulerSteps);
  const samplingSeconds = (performance.now() - samplingStart) / 1000;
  onJudging();
  const generated = cloudOf(sampled.states);
  const w2Start = performance.now();
  const w2 = wasserstein2(generated, test);
  const w2Seconds = (performance.now() - w2Start) / 1000;
  const nfeCurve = (settings.isPictured ? PROTOCOL.nfeCurve : []).map((numSteps) => {
    if (numSteps === PROTOCOL.eulerSteps) return { nfe: sampled.nfe, w2: w2.value };
    const { nfe, states } = generate(numSteps);
    return { nfe, w2: wasserstein2(cloudOf(states), test).value };
  });
  return {
    record: {
      w2: w2.value,
      sinkhornDivergence: divergence(settings, data.stream('Sinkhorn divergence'), generated, test),
      pathEnergy: flowEnergy(trained.velocity, start.points, { dim: 2, numSteps: PROTOCOL.energySteps }),
      nfeCurve,
      samplingSeconds,
      w2Seconds,
      w2RelativeViolation: w2.certificate.worstViolation / w2.certificate.largestCost,
      nfe: sampled.nfe,
    },
    states: sampled.states,
  };
}

function cloudOf(states: readonly Float64Array[]): PointCloud {
  const points = states[states.length - 1];
  return { points, count: points.length / 2, dim: 2 };
}

/** The debiased divergence of some of the points: its cost grows with their square. */
function divergence({ dataSet }: CellSettings, rng: Rng, generated: PointCloud, test: PointCloud) {
  const epsilon = PROTOCOL.sinkhornEpsilon[dataSet];
  const some = (cloud: PointCloud, label: string): PointCloud =>
    pickPoints(rng.fork(label), cloud, Math.min(cloud.count, PROTOCOL.sinkhornPoints));
  return {
    value: sinkhornDivergence(some(generated, 'generated'), some(test, 'test'), { epsilon }).divergence,
    epsilon,
  };
}
