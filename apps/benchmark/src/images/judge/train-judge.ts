#!/usr/bin/env node
/** Trains the judge anew and writes it in the place of the one that comes with this program: a minute of one core. */
import { loadDigits } from '@brenier/datasets/digits';
import { adamW, cosineDecay, train, type Objective } from '@brenier/nets';
import { chooseEngine } from '@brenier/nets/node';
import { createRng, integer, type Rng } from '@brenier/random';
import { splitDigits, type LabelledImages } from '../digit-sets.js';
import { judgeImages } from './judge-images.js';
import { judgeNetwork } from './judge-network.js';
import { SIDE } from './judge-shape.js';
import { fromHalves, saveJudge, toHalves } from './judge-weights.js';

const STEPS = 2000;
const BATCH = 64;
const LEARNING_RATE = 2e-3;
const SHIFT = 2;
const SEED = 0;

const { training, heldOut } = splitDigits(await loadDigits());
const engine = await chooseEngine();
const result = await train({
  network: judgeNetwork,
  objective: shiftedDigits(training),
  rng: createRng(SEED),
  steps: STEPS,
  optimizer: adamW({ learningRate: LEARNING_RATE, weightDecay: 1e-2 }),
  rateSchedule: cosineDecay({ to: STEPS }),
  progressInterval: 5000,
  onProgress: ({ step, steps, loss }) => process.stderr.write(`step ${step} of ${steps}, loss ${loss.toFixed(4)}\n`),
});
const bytes = toHalves(result.parameters);
const accuracy = accuracyOn(heldOut, fromHalves(bytes));
await saveJudge(bytes, {
  heldOutAccuracy: accuracy,
  training: {
    digits: training.count,
    steps: STEPS,
    batch: BATCH,
    'learning rate': `${LEARNING_RATE}, cosine decay to 0`,
    'weight decay': 1e-2,
    augmentation: `shifts of up to ${SHIFT} pixels`,
    seed: SEED,
    engine: engine.name,
  },
});
process.stdout.write(`${(100 * accuracy).toFixed(2)} % of ${heldOut.count} held-out digits\n`);

/** Batches of digits moved by a few pixels, so that the judge does not learn where they lie. */
function shiftedDigits({ points, labels, count, dim }: LabelledImages): Objective {
  return {
    dim,
    name: `digits shifted by up to ${SHIFT}`,
    draw(rng: Rng) {
      const x = new Float32Array(BATCH * dim).fill(-1);
      const label = new Int32Array(BATCH);
      for (let i = 0; i < BATCH; i++) {
        const chosen = integer(rng, 0, count);
        label[i] = labels[chosen];
        const [down, right] = [integer(rng, -SHIFT, SHIFT + 1), integer(rng, -SHIFT, SHIFT + 1)];
        for (let row = 0; row < SIDE; row++) {
          for (let column = 0; column < SIDE; column++) {
            const [fromRow, fromColumn] = [row - down, column - right];
            if (!isInside(fromRow) || !isInside(fromColumn)) continue;
            x[i * dim + row * SIDE + column] = points[chosen * dim + fromRow * SIDE + fromColumn];
          }
        }
      }
      return { count: BATCH, dim, t: new Float32Array(BATCH), x, target: x, label };
    },
  };
}

function accuracyOn({ points, labels, count }: LabelledImages, parameters: Float32Array): number {
  const named = judgeImages(parameters, points).labels;
  return named.filter((label, i) => label === labels[i]).length / count;
}

function isInside(index: number): boolean {
  return index >= 0 && index < SIDE;
}
