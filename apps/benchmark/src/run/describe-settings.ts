/** The settings that all cells of a run share, in words. */
import type { SettingOrigin } from '../results.js';
import { PROTOCOL, type RunSettings } from '../settings.js';

/** How many seeds the published means are of. */
const PUBLISHED_SEEDS = 5;

/** The settings of a run as the report prints them: name → value and origin. */
export function describeSettings(run: RunSettings): Record<string, { value: string | number; origin: SettingOrigin }> {
  const { trainSetSize, eulerSteps, energySteps, sinkhornPoints, sinkhornEpsilon, nfeCurve } = PROTOCOL;
  const isPublishedRun = run.samples === 10_000;
  const epsilons = run.dataSets.map((name) => `${sinkhornEpsilon[name]} on ${name}`).join(', ');
  return {
    seeds: {
      value: run.seeds.join(', '),
      origin: run.seeds.length === PUBLISHED_SEEDS ? 'published protocol' : 'ours',
    },
    'training set': { value: trainSetSize, origin: 'published protocol' },
    'steps per cell': {
      value: run.steps ?? `as each method says${run.isQuick ? ', for a first look' : ''}`,
      origin: 'ours',
    },
    ...(run.timeLimit < Infinity && { 'training time, all cells': { value: `${run.timeLimit} s`, origin: 'ours' } }),
    sampling: { value: `${eulerSteps} Euler steps`, origin: 'published protocol' },
    'samples per cell': { value: run.samples, origin: isPublishedRun ? 'published protocol' : 'ours' },
    'path energy': { value: `∫‖v‖²dt by the trapezoidal rule along ${energySteps} midpoint steps`, origin: 'ours' },
    'Sinkhorn divergence': {
      value: `of ${Math.min(sinkhornPoints, run.samples)} generated and test samples drawn at random, ε = ${epsilons}`,
      origin: 'ours',
    },
    'steps against W2': { value: `${nfeCurve.join(', ')} sampling steps, all samples, first seed`, origin: 'ours' },
    'data generators': { value: 'table variants of @brenier/datasets', origin: 'inferred' },
  };
}
