/** `bench sample`: fixed steps of sampling, with noise and without. */
import { gaussian } from '@brenier/datasets';
import { createRng, fillNormal } from '@brenier/random';
import { PROTOCOL } from '../../settings.js';
import { packArray } from '../contender/packed-array.js';
import { networkOptions } from './network-options.js';
import { networkTitle, networkWork } from './network-work.js';
import type { BenchCell, Suite, SuiteSettings } from './suite.js';

const COUNT = 10_000;
/** Points whose ends are compared: more than a chunk of any contender, and no multiple of one. */
const CHECKED = 3_000;
const DIFFUSION = 0.5;

/** The suite of sampling. */
export const sampleSuite: Suite = {
  name: 'sample',
  title: 'Sampling with small networks',
  rivals: 'PyTorch and torchcfm',
  options: networkOptions(),
  summary:
    'A walk takes all points from noise to data in fixed steps. PyTorch runs in inference mode, on the whole batch or chunk by ' +
    'chunk, with its state kept in the input of the network. Noise is drawn as the walk goes, by each side with its own generator.',
  cells: (settings) => [
    walkCell(settings, 'euler', 'Euler', 0),
    walkCell(settings, 'euler-maruyama', 'Euler–Maruyama', DIFFUSION),
  ],
};

function walkCell({ seed }: SuiteSettings, name: string, method: string, diffusion: number): BenchCell {
  const { hidden, eulerSteps: steps } = PROTOCOL;
  const start = gaussian(createRng(seed).fork('start'), COUNT);
  return {
    name,
    title: `${COUNT.toLocaleString('en')} points × ${steps} ${method} steps, ${networkTitle(hidden)}`,
    unit: 'walk',
    work: {
      kind: 'mlp-walk',
      ...networkWork(hidden, seed),
      count: COUNT,
      steps,
      x0: packArray(start.points),
      diffusion,
      seed,
      checked: CHECKED,
      noise: packArray(diffusion === 0 ? [] : walkNoise(seed, steps, diffusion)),
    },
  };
}

/** The noise that `integrateSde` documents: step k draws from `rng.fork(k)`, point by point. */
function walkNoise(seed: number, steps: number, diffusion: number): Float64Array {
  const rng = createRng(seed);
  const noise = new Float64Array(steps * CHECKED * 2);
  for (let k = 0; k < steps; k++) {
    const ofStep = noise.subarray(k * CHECKED * 2, (k + 1) * CHECKED * 2);
    fillNormal(rng.fork(k), ofStep, { sd: diffusion * Math.sqrt(1 / steps) });
  }
  return noise;
}
