/** The Gaussian experiment: the bridge of σ = 1 between N(−a, I) and N(a, I), whose law is known in closed form (Shi et al., 2023). */
import type { SettingOrigin } from '../results.js';

/** The methods of the experiment. */
export const GAUSSIAN_METHODS = ['DSBM-IMF', 'DSBM-IPF', 'DSB'] as const;
export type GaussianMethodName = (typeof GAUSSIAN_METHODS)[number];

/** What is the same in the published protocol and in ours. */
export const GAUSSIAN = {
  shift: 0.1,
  sigma: 1,
  hidden: [256, 256],
  eulerSteps: 20,
  samples: 10_000,
  delta: 1e-3,
} as const;

/** What may be chosen. */
export interface GaussianProtocol {
  /** Fits of one drift, backward and forward in turn. */
  halfIterations: number;
  /** Updates of the first fit of each drift, whose network starts from nothing. */
  firstSteps: number;
  /** Updates of every other fit. */
  steps: number;
  batchSize: number;
  learningRate: number;
  /** What the learning rate does within a fit. */
  schedule: 'constant' | 'cosine';
  /** Updates between two simulations of the pairs. */
  refreshEvery: number;
  /** What a sample counts in the loss of the matching methods. */
  weight: 'uniform' | 'end-variance';
}

/** The published protocol: an epoch is 78 batches of 128 from 10,000 pairs. */
export const PUBLISHED_PROTOCOL: GaussianProtocol = {
  halfIterations: 40,
  firstSteps: 10_000,
  steps: 10_000,
  batchSize: 128,
  learningRate: 1e-4,
  schedule: 'constant',
  refreshEvery: 78,
  weight: 'uniform',
};

/** Ours: fewer updates at a decaying rate, and fewer simulations. */
export const OUR_PROTOCOL: GaussianProtocol = {
  halfIterations: 40,
  firstSteps: 4000,
  steps: 1200,
  batchSize: 256,
  learningRate: 1e-3,
  schedule: 'cosine',
  refreshEvery: 500,
  weight: 'end-variance',
};

/** What a run is asked for. */
export interface GaussianSettings extends GaussianProtocol {
  methods: GaussianMethodName[];
  dims: number[];
  seeds: number[];
}

/** What a cell is called. */
export function cellName(order: {
  settings: GaussianSettings;
  method: GaussianMethodName;
  dim: number;
  seed: number;
}): string {
  return `${order.method} d = ${order.dim}${order.settings.seeds.length > 1 ? `, seed ${order.seed}` : ''}`;
}

/** All settings with their origin, for the page. */
export function settingOrigins(
  settings: GaussianSettings,
): Record<string, { value: string | number; origin: SettingOrigin }> {
  const published = (value: string | number) => ({ value, origin: 'published protocol' as const });
  const chosen = (name: keyof GaussianProtocol, value: string | number = settings[name]) => ({
    value,
    origin: settings[name] === PUBLISHED_PROTOCOL[name] ? ('published protocol' as const) : ('ours' as const),
  });
  const { learningRate, schedule, firstSteps, steps } = settings;
  return {
    ends: published(`N(−${GAUSSIAN.shift}, I) and N(${GAUSSIAN.shift}, I)`),
    'training points': { value: 'drawn anew for every batch and every simulation', origin: 'ours' },
    'σ of the reference': published(GAUSSIAN.sigma),
    networks: published(`two, ${GAUSSIAN.hidden.join('-')}, SiLU, raw time`),
    'steps of a simulation': published(`${GAUSSIAN.eulerSteps} of Euler–Maruyama, of equal length`),
    'simulated pairs': published(GAUSSIAN.samples),
    'half-iterations': chosen('halfIterations'),
    optimizer: {
      value: `Adam, made anew in each half-iteration, learning rate ${learningRate}, ${schedule}`,
      origin: chosen('learningRate').origin === 'ours' ? 'ours' : chosen('schedule').origin,
    },
    'optimizer steps': {
      value: firstSteps === steps ? steps : `${firstSteps} for the first fit of each network, then ${steps}`,
      origin: chosen('steps').origin,
    },
    'batch size': chosen('batchSize'),
    'steps between simulations': chosen('refreshEvery'),
    'weight of a sample': chosen('weight'),
    seeds: { value: settings.seeds.join(', '), origin: 'ours' },
  };
}
