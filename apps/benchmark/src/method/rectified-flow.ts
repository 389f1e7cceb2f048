/** The row RF: flow matching on straight paths without noise, first of independent pairs, then of the pairs that the flow itself makes. */
import { rectify } from '@brenier/flows';
import { integrate, rk4, type ArrayField } from '@brenier/samplers';
import { PROTOCOL } from '../settings.js';
import { couplingPairs } from './coupling-pairs.js';
import { fitVelocity, trainedFlow, VELOCITY_SETTINGS, type FittedVelocity } from './fit-velocity.js';
import type { Method } from './method.js';
import { trainingData } from './training-data.js';

const { batchSize } = PROTOCOL;
const REFLOWS = 1;
const PAIRS = 100_000;
const CARRY_STEPS = 50;

/** Rectified flow. */
export const rf: Method = {
  name: 'RF',
  needsGaussianSource: false,
  isStochastic: false,
  sigma: () => 0,
  steps: 40_000,
  quickSteps: 10_000,
  settings: {
    ...VELOCITY_SETTINGS,
    'path noise σ': { value: 0, origin: 'published protocol' },
    reflows: { value: REFLOWS, origin: 'ours' },
    'steps of a round': { value: 'half of all, the second round from the parameters of the first', origin: 'ours' },
    'pairs of a reflow': { value: `${PAIRS}, by ${CARRY_STEPS} Runge–Kutta steps`, origin: 'ours' },
  },
  async train(context) {
    const { data, steps, timeLimit } = context;
    const begun = performance.now();
    const shares = [Math.ceil(steps / 2), Math.floor(steps / 2)];
    const losses: { step: number; loss: number }[] = [];
    const rounds = await rectify<FittedVelocity>(data.stream('rectified flow'), {
      ...trainingData(data),
      batchSize,
      reflows: REFLOWS,
      pairs: PAIRS,
      async fit(objective, { reflows }, previous) {
        if (previous !== undefined && previous.status !== 'finished') return previous;
        const secondsLeft = timeLimit - (performance.now() - begun) / 1000;
        // The time may end while the pairs of this round are made.
        if (previous !== undefined && secondsLeft <= 0) return { ...previous, status: 'time-limit' };
        const fitted = await fitVelocity(context, {
          name: `velocity, round ${reflows + 1}`,
          objective,
          steps: shares[reflows],
          stepsBefore: reflows === 0 ? 0 : shares[0],
          timeLimit: Math.max(0, secondsLeft),
          parameters: previous?.parameters,
        });
        losses.push(...fitted.losses);
        return fitted;
      },
      carry: ({ velocity, status }, x0) => (status === 'finished' ? carried(velocity, x0) : x0),
    });
    const { model, pairing } = rounds[REFLOWS];
    return trainedFlow({ ...model, losses }, { pairs: couplingPairs(data, pairing) });
  },
};

function carried(velocity: ArrayField, x0: Float64Array): Float64Array {
  return integrate(velocity, x0, { method: rk4(), numSteps: CARRY_STEPS }).final;
}
