// Trains on the wasm engine with a checkpoint file, tells every step, and writes the final weights.
// Usage: node train-in-child.mjs <checkpoint> <weights> <steps>
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { adamW, train, velocityMlp } from '@brenier/nets';
import { chooseEngine, fileCheckpoint } from '@brenier/nets/node';
import { createRng, fillNormal, fillUniform } from '@brenier/random';

const [checkpoint, weights, steps] = process.argv.slice(2);

const engine = await chooseEngine({ prefer: 'wasm' });
if (engine.name !== 'wasm') throw new Error(engine.reason);

const objective = {
  dim: 2,
  name: 'halve',
  draw(rng) {
    const t = fillUniform(rng, new Float32Array(16));
    const x = fillNormal(rng, new Float32Array(32));
    return { count: 16, dim: 2, t, x, target: x.map((each) => each / 2) };
  },
};
const result = await train({
  network: velocityMlp({ dim: 2, hidden: [16, 16], time: { fourier: 2 } }),
  objective,
  rng: createRng('kill'),
  steps: Number(steps),
  optimizer: adamW({ learningRate: 1e-2 }),
  emaDecay: 0.99,
  checkpoint: { store: fileCheckpoint(checkpoint), everySteps: 10 },
  progressInterval: 0,
  onProgress: ({ step }) => process.stdout.write(`${step}\n`),
});
const { parameters, emaParameters, losses } = result;
const numbers = Float64Array.from([...parameters, ...emaParameters, losses.window, ...losses.means]);
await writeFile(weights, new Uint8Array(numbers.buffer));
