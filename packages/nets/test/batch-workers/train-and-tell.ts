// Trains with a worker that prepares the batches, tells every step, and writes the final weights.
// Usage: node <bundle of this> <checkpoint> <weights> <workers>
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { isMainThread, Worker } from 'node:worker_threads';
import { createRng } from '@brenier/random';
import { type CheckpointStore, fusedMlp, train } from '../../src/fused.js';
import { prepareInWorkers, serveBatches } from '../../src/workers.js';
import { slowObjective } from './slow-objective.js';

if (isMainThread) {
  const [checkpoint, weights, workers] = process.argv.slice(2) as [string, string, string];
  const startWorker = () => new Worker(new URL(import.meta.url));
  const objective = prepareInWorkers(slowObjective, { jitter: 0.5 }, { startWorker, workers: Number(workers) });
  const { parameters } = await train({
    network: fusedMlp({ dim: 2, hidden: [16, 16] }),
    objective,
    rng: createRng('kill'),
    steps: 3000,
    checkpoint: { store: storeIn(checkpoint), everySteps: 10 },
    progressInterval: 0,
    onProgress: ({ step }) => process.stdout.write(`${step}\n`),
  });
  await writeFile(weights, new Uint8Array(parameters.buffer));
} else {
  serveBatches(slowObjective);
}

/** Like `fileCheckpoint`, whose dependencies cannot be bundled. */
function storeIn(path: string): CheckpointStore {
  return {
    load: async () => (existsSync(path) ? new Uint8Array(await readFile(path)) : undefined),
    async save(bytes) {
      await writeFile(`${path}.new`, bytes);
      await rename(`${path}.new`, path);
    },
  };
}
