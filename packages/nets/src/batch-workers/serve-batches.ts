// The worker's side of `prepareInWorkers`.
import { checkFunction } from '@brenier/errors';
import { restoreRng, type RngSnapshot } from '@brenier/random';
import { checkBatch, type Objective } from '../network/objective.js';
import { type BatchReply, type BatchRequest, type BatchTicket, transferable } from './batch-messages.js';

/**
 * Makes a worker prepare batches for `prepareInWorkers`: the one call of a worker's script.
 *
 * It answers one request after another, and copies each batch once, so that the objective may keep its arrays.
 *
 * @typeParam Settings - what the objective is made of
 * @param createObjective - makes the objective from the settings that the training thread sent; the function that
 *   `prepareInWorkers` is given there
 * @throws TypeError where `createObjective` is no function, Error outside a worker
 *
 * @example
 * The worker's script, `batch-worker.ts`.
 * ```ts no-run
 * import { serveBatches } from '@brenier/nets/workers';
 * import { fillUniform, type Rng } from '@brenier/random';
 *
 * serveBatches(({ count }: { count: number }) => ({
 *   dim: 1,
 *   draw(rng: Rng) {
 *     const t = fillUniform(rng, new Float32Array(count));
 *     return { count, dim: 1, t, x: t, target: t };
 *   },
 * }));
 * ```
 */
export function serveBatches<Settings>(createObjective: (settings: Settings) => Objective): void {
  checkFunction('createObjective', createObjective);
  const port = workerPort();
  let objective: Objective;
  let last = Promise.resolve();
  port.onmessage = ({ data }) => {
    last = last.then(() => answer(data));
  };
  port.postMessage({ kind: 'loaded' });

  async function answer(request: BatchRequest): Promise<void> {
    if (request.kind === 'make') make(request.settings as Settings);
    else await draw(request.ticket, request.rng);
  }

  function make(settings: Settings): void {
    try {
      objective = createObjective(settings);
      port.postMessage({ kind: 'made', dim: objective.dim, name: objective.name });
    } catch (error) {
      port.postMessage({ kind: 'not made', error: cloneable(error) });
    }
  }

  async function draw(ticket: BatchTicket, rng: RngSnapshot): Promise<void> {
    try {
      const { batch, buffers } = transferable(checkBatch(await objective.draw(restoreRng(rng)), objective.dim));
      port.postMessage({ kind: 'batch', ticket, batch }, buffers);
    } catch (error) {
      port.postMessage({ kind: 'failed', ticket, error: cloneable(error) });
    }
  }
}

/** What a worker of either platform speaks through. */
interface WorkerPort {
  onmessage: ((event: { data: BatchRequest }) => void) | null;
  postMessage(reply: BatchReply, transfer?: ArrayBuffer[]): void;
}

function workerPort(): WorkerPort {
  const { process, WorkerGlobalScope } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => { parentPort: unknown } };
    WorkerGlobalScope?: unknown;
  };
  const parentPort = process?.getBuiltinModule?.('node:worker_threads').parentPort;
  const port = parentPort ?? (WorkerGlobalScope === undefined ? undefined : globalThis);
  if (port) return port as WorkerPort;
  throw new Error('serveBatches expected to be called in a worker, got the main thread');
}

/** The error, or where it carries what no message can, its text. */
function cloneable(error: unknown): unknown {
  try {
    return structuredClone(error);
  } catch {
    return new Error(String(error));
  }
}
