// Trains with a checkpoint file, tells every step, and writes the final weights.
// Usage: node train-in-child.mjs <place> <checkpoint> <weights> <steps>
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { createWorkerPool } from '@brenier/kernels';
import { adamW, cosineDecay, fusedMlp, train } from '@brenier/nets/fused';
import { chooseEngine, fileCheckpoint } from '@brenier/nets/node';
import { createRng, fillNormal, fillUniform } from '@brenier/random';

const [place, checkpoint, weights, steps] = process.argv.slice(2);
const makers = { 'fused wasm': () => fusedMlp, 'fused wasm on two threads': makerOnThreads };
const makeNetwork = await (makers[place] ?? makerOnTensors)();

const objective = {
  dim: 2,
  name: 'halve',
  draw(rng) {
    const t = fillUniform(rng, new Float32Array(96));
    const x = fillNormal(rng, new Float32Array(192));
    return { count: 96, dim: 2, t, x, target: x.map((each) => each / 2) };
  },
};
const result = await train({
  network: makeNetwork({ dim: 2, hidden: [16, 16], time: { fourier: 2 } }),
  objective,
  rng: createRng('kill'),
  steps: Number(steps),
  optimizer: adamW({ learningRate: 1e-2 }),
  rateSchedule: cosineDecay({ to: Number(steps) }),
  clipNorm: 0.5,
  emaDecay: 0.99,
  checkpoint: { store: fileCheckpoint(checkpoint), everySteps: 10 },
  progressInterval: 0,
  onProgress: ({ step }) => process.stdout.write(`${step}\n`),
});
if (!place.startsWith(result.engine)) throw new Error(result.engine);
const { parameters, emaParameters, losses } = result;
const numbers = Float64Array.from([...parameters, ...emaParameters, losses.window, ...losses.means]);
await writeFile(weights, new Uint8Array(numbers.buffer));

async function makerOnTensors() {
  const { velocityMlp } = await import('@brenier/nets');
  await chooseEngine({ prefer: process.env.BRENIER_ENGINE ?? 'wasm' });
  return velocityMlp;
}

async function makerOnThreads() {
  const pool = await createWorkerPool({ threads: 2 });
  return (options) => fusedMlp(options, { pool });
}
