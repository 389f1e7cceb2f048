// One worker as the training thread sees it, in Node and in a browser.
import type { Rng } from '@brenier/random';
import type { BatchReply, BatchRequest, BatchTicket } from './batch-messages.js';

/** A worker of either platform: the `Worker` of a page, or that of `node:worker_threads`. */
export interface BatchWorker {
  /** Sends a message. */
  postMessage(message: unknown): void;
  /** Ends the worker wherever it is. */
  terminate(): unknown;
}

/** What is heard of a worker. */
export interface BatchWorkerEvents {
  /** It can be asked for batches. */
  onLoaded(): void;
  /** It made an objective: this one. */
  onMade(dim: number, name: string | undefined): void;
  /** It prepared a batch, or failed to. */
  onAnswer(answer: Extract<BatchReply, { ticket: BatchTicket }>): void;
  /** It will answer no more; `reason` continues "A worker that prepares batches …". */
  onLost(reason: string): void;
}

/** A worker with its work. */
export interface EmployedWorker {
  /** Batches asked for and not answered; `Infinity` until it is loaded. */
  readonly backlog: number;
  /** Asks for a batch. */
  ask(ticket: BatchTicket, rng: Rng): void;
  /** Keeps a Node process alive for its sake, or no longer. */
  hold(isHeld: boolean): void;
  /** Ends it; nothing is heard of it any more. */
  dismiss(): Promise<void>;
}

/** Listens to a worker that has just been started, and sends it the settings once it listens. */
export function employWorker(worker: BatchWorker, settings: unknown, events: BatchWorkerEvents): EmployedWorker {
  let backlog = Infinity;
  let isDismissed = false;
  const post = (request: BatchRequest): void => worker.postMessage(request);
  listen(worker, onReply, (reason) => {
    if (!isDismissed) events.onLost(reason);
  });
  return {
    get backlog() {
      return backlog;
    },
    ask(ticket, rng) {
      backlog++;
      post({ kind: 'draw', ticket, rng: rng.snapshot() });
    },
    hold(isHeld) {
      const { ref, unref } = worker as Partial<NodeWorker>;
      (isHeld ? ref : unref)?.call(worker);
    },
    async dismiss() {
      isDismissed = true;
      await worker.terminate();
    },
  };

  function onReply(reply: BatchReply): void {
    if (isDismissed) return;
    switch (reply.kind) {
      case 'loaded':
        try {
          post({ kind: 'make', settings });
        } catch (error) {
          return events.onLost(`could not be sent its "settings": ${String(error)}`);
        }
        backlog = 0;
        return events.onLoaded();
      case 'made':
        return events.onMade(reply.dim, reply.name);
      case 'not made':
        return events.onLost(`could not make its objective: ${String(reply.error)}`);
      default:
        backlog--;
        events.onAnswer(reply);
    }
  }
}

interface NodeWorker {
  on(event: string, listener: (value: never) => void): void;
  ref(): void;
  unref(): void;
}

interface PageWorker {
  addEventListener(event: string, listener: (event: { data: BatchReply; message?: string }) => void): void;
}

function listen(worker: BatchWorker, onReply: (reply: BatchReply) => void, onLost: (reason: string) => void): void {
  if (isNodeWorker(worker)) {
    worker.on('message', onReply);
    worker.on('messageerror', (error) => onLost(`sent what cannot be read: ${String(error)}`));
    worker.on('error', (error) => onLost(`died: ${String(error)}`));
    worker.on('exit', (code) => onLost(`ended with code ${String(code)}`));
  } else {
    const { addEventListener } = worker as unknown as PageWorker;
    const on: PageWorker['addEventListener'] = addEventListener.bind(worker);
    on('message', ({ data }) => onReply(data));
    on('messageerror', () => onLost('sent what cannot be read'));
    on('error', ({ message }) => onLost(`died: ${message || 'its script could not be loaded'}`));
  }
}

function isNodeWorker(worker: BatchWorker): worker is BatchWorker & NodeWorker {
  return typeof (worker as Partial<NodeWorker>).on === 'function';
}
