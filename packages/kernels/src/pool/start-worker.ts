/** What a worker tells the pool. */
export type WorkerMessage = { kind: 'ready' } | { kind: 'left' };

/** A worker of either platform. */
export interface WorkerHandle {
  /** Sends the set-up. */
  post(setup: object): void;
  /** Keeps the process alive for the worker's sake, or no longer; nothing in a browser. */
  hold(isHeld: boolean): void;
  /** Ends the worker wherever it is. */
  terminate(): Promise<void>;
}

/** How many threads help here: 1 where memory cannot be shared between workers. */
export function usefulThreads(): number {
  const node = nodeModules();
  if (node) return node.os.availableParallelism();
  return canShareMemory() ? navigator.hardwareConcurrency : 1;
}

/** Whether workers can be started on shared memory: in Node, and in a cross-origin-isolated page or worker. */
export function canShareMemory(): boolean {
  if (nodeModules()) return true;
  return typeof Worker === 'function' && typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated;
}

/**
 * Starts a worker.
 *
 * @param onMessage - called with what it says
 * @param onDeath - called once if it ends without being told to
 */
export function startWorker(
  onMessage: (message: WorkerMessage) => void,
  onDeath: (reason: string) => void,
): WorkerHandle {
  const node = nodeModules();
  return node ? startNodeWorker(node.threads, onMessage, onDeath) : startBrowserWorker(onMessage, onDeath);
}

function startNodeWorker(
  threads: NodeModules['threads'],
  onMessage: (message: WorkerMessage) => void,
  onDeath: (reason: string) => void,
): WorkerHandle {
  // Not written as one literal: a bundler for browsers would take the file for an asset of this branch.
  const file = ['.', 'worker.js'].join('/');
  const worker = new threads.Worker(new URL(file, import.meta.url));
  let isExpected = false;
  worker.on('message', onMessage);
  worker.on('error', (error) => onDeath(String(error)));
  worker.on('exit', (code) => {
    if (!isExpected) onDeath(`it ended with code ${code}`);
  });
  return {
    post: (setup) => worker.postMessage(setup),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    async terminate() {
      isExpected = true;
      await worker.terminate();
    },
  };
}

function startBrowserWorker(
  onMessage: (message: WorkerMessage) => void,
  onDeath: (reason: string) => void,
): WorkerHandle {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = (event: MessageEvent<WorkerMessage>) => onMessage(event.data);
  worker.onerror = (event) => onDeath(event.message || 'its script could not be loaded');
  return {
    post: (setup) => worker.postMessage(setup),
    hold: () => undefined,
    async terminate() {
      worker.terminate();
    },
  };
}

type NodeModules = NonNullable<ReturnType<typeof nodeModules>>;

/** Node's modules without an import, which a browser's bundler would trip over. */
function nodeModules() {
  const getBuiltinModule = globalThis.process?.getBuiltinModule;
  if (!getBuiltinModule) return undefined;
  return { threads: getBuiltinModule('node:worker_threads'), os: getBuiltinModule('node:os') };
}
