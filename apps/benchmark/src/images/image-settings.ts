/** What a run on images may be told, and what the report says of it. */
import type { SettingOrigin } from '../results.js';

/** The methods, by their names in the published table. */
export const IMAGE_METHOD_NAMES = ['CFM', 'OT-CFM', 'DSBM-IMF'] as const;
export type ImageMethodName = (typeof IMAGE_METHOD_NAMES)[number];

/** Settings of a run that decide its numbers: a resumed run must have the same. */
export interface ImageProtocol {
  /** Optimizer steps of each method, shared out among the stages of a bridge. */
  steps: number;
  /** Images in a batch. */
  batch: number;
  /** Channels of the levels of the U-Net. */
  channels: number[];
  /** Images that each method generates, and that it is judged by. */
  digits: number;
  /** Steps of the integrator behind a generated image. */
  samplingSteps: number;
  /** Iterations of the bridge, each a fit backwards and a fit forwards. */
  iterations: number;
  /** Paths behind each fit of the bridge to simulated ends. */
  paths: number;
  /** σ of the Brownian motion that the bridge is nearest to, in units of a pixel from −1 to 1. */
  sigma: number;
  /** Of initial weights, batches and noise; the split of the digits does not depend on it. */
  seed: number;
}

/** All settings of a run. */
export interface ImageSettings extends ImageProtocol {
  methods: ImageMethodName[];
  /** Minutes of training, shared by the methods. */
  timeLimit: number;
  /** Threads of the engine, where it is ours. */
  threads: number;
}

/** An hour on one core. */
export const FULL_PROTOCOL: ImageProtocol = {
  steps: 4000,
  batch: 32,
  channels: [16, 32, 64],
  digits: 1000,
  samplingSteps: 12,
  iterations: 2,
  paths: 3000,
  sigma: 0.5,
  seed: 42,
};

/** `--quick`: every stage once over, in a few minutes. What comes out is hardly digits. */
export const QUICK_PROTOCOL: ImageProtocol = {
  ...FULL_PROTOCOL,
  steps: 600,
  channels: [8, 16, 16],
  digits: 200,
  samplingSteps: 8,
  paths: 200,
};

/** What is not asked for. */
export const FIXED = {
  learningRate: 2e-3,
  /** Of the steps of a stage: the rate rises this long. */
  warmUp: 0.02,
  /** Where the cosine decay ends, relative to the rate. */
  lastRate: 0.02,
  emaDecay: 0.98,
  clipNorm: 1,
  /** Points that OT-CFM pairs at once; a batch is the first of them. */
  pairedAtOnce: 256,
  /** Digits that the bridge starts from, and those that it leads to. */
  bridgeSource: [0, 1, 2, 3, 4],
  bridgeTarget: [5, 6, 7, 8, 9],
  /** Images that a bridge is measured by on its way. */
  measuredStarts: 200,
  /** Midpoint steps behind the path energy of a bridge's flow. */
  energySteps: 48,
} as const;

/** The settings that decide the numbers, and no others. */
export function protocolOf(settings: ImageProtocol): ImageProtocol {
  const { steps, batch, channels, digits, samplingSteps, iterations, paths, sigma, seed } = settings;
  return { steps, batch, channels, digits, samplingSteps, iterations, paths, sigma, seed };
}

/** Steps of warm-up in a stage. */
export function warmUpSteps(steps: number): number {
  return Math.max(1, Math.round(FIXED.warmUp * steps));
}

/** The settings as the report prints them. */
export function describeImageSettings(
  settings: ImageSettings,
): Record<string, { value: string | number; origin: SettingOrigin }> {
  const ours = (value: string | number) => ({ value, origin: 'ours' as const });
  return {
    steps: ours(settings.steps),
    batch: ours(settings.batch),
    'channels of the U-Net': ours(settings.channels.join(', ')),
    optimizer: ours(
      `Adam, rate ${FIXED.learningRate}, warm-up over ${100 * FIXED.warmUp} % of the steps, then cosine decay to ${100 * FIXED.lastRate} %`,
    ),
    'weights that sample': ours(`moving average, decay ${FIXED.emaDecay}`),
    'gradient norm, at most': { value: FIXED.clipNorm, origin: 'published protocol' },
    'σ of CFM and OT-CFM': ours(0),
    'paired at once by OT-CFM': ours(FIXED.pairedAtOnce),
    'σ of the bridge': ours(settings.sigma),
    'iterations of the bridge': ours(settings.iterations),
    'weight in the loss of the bridge': ours('time left to the end that a drift leads to'),
    'paths behind a fit of the bridge': ours(settings.paths),
    'generated images': ours(settings.digits),
    sampling: ours(
      `flows: midpoint rule, ${settings.samplingSteps} steps; bridge: pinned Euler–Maruyama, ${2 * settings.samplingSteps} steps`,
    ),
    'path energy': ours(
      `flows: of the polygons through their states; bridge: along its probability flow, ${FIXED.energySteps} midpoint steps, short at both ends`,
    ),
    seed: ours(settings.seed),
  };
}
