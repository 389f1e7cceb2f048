// Learns a bridge with a checkpoint file, tells every update, and writes the final parameters and records.
// Usage: node train-in-child.mjs <dsbm or dsb> <checkpoint> <result>
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { brownian, dsb, dsbm } from '@brenier/bridges';
import { adam, fusedMlp } from '@brenier/nets/fused';
import { fileCheckpoint } from '@brenier/nets/node';
import { createRng, fillNormal } from '@brenier/random';

const [method, checkpoint, result] = process.argv.slice(2);
const law = (mean) => ({
  dim: 2,
  draw: (rng, count) => fillNormal(rng, new Float64Array(2 * count), { mean }),
});
const network = fusedMlp({ dim: 2, hidden: [16], activation: 'silu' });
const shared = {
  source: law(-1),
  target: law(1),
  reference: brownian({ sigma: 0.7 }),
  networks: { forward: network, backward: network },
  halfSteps: 4,
  steps: 300,
  batchSize: 64,
  optimizer: adam({ learningRate: 1e-2 }),
  emaDecay: 0.99,
  cacheSize: 300,
  refreshEvery: 70,
  monitorCount: 300,
  checkpoint: { store: fileCheckpoint(checkpoint), everySteps: 10 },
  progressInterval: 0,
  onProgress: ({ totalStep }) => process.stdout.write(`${totalStep}\n`),
};
const rng = createRng('kill');
const bridge = await (method === 'dsb' ? dsb(rng, shared) : dsbm(rng, { ...shared, start: 'independent' }));
const { forward, backward, trained, history, status } = bridge;
const parameters = [forward, backward, trained.forward, trained.backward].map((each) => [...each]);
await writeFile(result, JSON.stringify({ status, history, parameters }));
