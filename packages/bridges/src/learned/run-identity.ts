/** What a checkpoint remembers of its run, so that no other one goes on from it. */
import { crc32 } from '@brenier/nets/fused';
import type { Rng } from '@brenier/random';
import type { BridgeNetworks, BridgeParameters } from './bridge-network.js';
import { rateScheduleOf, type BridgeTraining } from './bridge-training.js';

/** What must agree for a resumed run to equal an uninterrupted one, under the names that a refusal quotes. */
export type BridgeIdentity = Readonly<Record<string, unknown>>;

/** The identity of a run that has made so many half-steps: what is yet to come may still be changed. */
export type RunIdentity = (halfSteps: number) => BridgeIdentity;

/**
 * The identity of a run.
 *
 * @param method - its name, with its own settings
 */
export function runIdentity(rng: Rng, job: BridgeTraining, method: string): RunIdentity {
  const { algorithm, key } = rng.snapshot();
  const fixed = {
    method,
    reference: job.reference.name,
    'forward network': job.networks.forward.spec,
    'backward network': job.networks.backward.spec,
    steps: [job.firstSteps, job.steps],
    batchSize: job.batchSize,
    optimizer: job.optimizer?.name ?? null,
    clipNorm: job.clipNorm ?? null,
    emaDecay: job.emaDecay ?? null,
    cache: [job.cacheSize, job.refreshEvery ?? null],
    simulation: [job.method.name, job.numSteps, job.refinement, job.simulationBatch],
    monitorCount: job.monitorCount,
    rng: { algorithm, key },
    'starting parameters': fingerprints(job.parameters),
    engine: enginesOf(job.networks),
  };
  return (halfSteps) => ({
    ...fixed,
    // The half-step under way has its schedule in the checkpoint of `train`.
    'rate schedule': Array.from({ length: halfSteps }, (_, k) => rateScheduleOf(job, k)?.name ?? null),
  });
}

/** What computes the losses and gradients of both networks. */
export function enginesOf({ forward, backward }: BridgeNetworks): string {
  return [...new Set([forward.engine, backward.engine])].join(' and ');
}

/** Refuses a checkpoint of another run; the message names what differs. */
export function checkSameRun(
  name: string,
  saved: BridgeIdentity,
  asked: BridgeIdentity,
  allowOtherEngine: boolean,
): void {
  for (const key of Object.keys(asked)) {
    const [before, now] = [JSON.stringify(saved[key]), JSON.stringify(asked[key])];
    if (before === now || (key === 'engine' && allowOtherEngine)) continue;
    const wayOut =
      key === 'engine'
        ? '"checkpoint.allowOtherEngine" resumes it all the same, with other bits'
        : 'give another store to start afresh';
    throw new RangeError(`"${name}" expected a run with the same ${key}, ${now}, got ${before}; ${wayOut}`);
  }
}

function fingerprints({ forward, backward }: Partial<BridgeParameters> = {}): (number | null)[] {
  return [forward, backward].map((given) => (given === undefined ? null : fingerprint(given)));
}

function fingerprint({ buffer, byteOffset, byteLength }: Float32Array): number {
  return crc32(new Uint8Array(buffer, byteOffset, byteLength));
}
