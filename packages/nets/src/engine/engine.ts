// Which TensorFlow.js backend computes: the best one that is installed and starts.
import util from 'node:util';
import { checkFunction, checkOneOf, checkOptions } from '@brenier/errors';

/** An engine, best first: CUDA, the C library on the processor, WebAssembly SIMD on one thread, plain JavaScript. */
export type EngineName = 'tfjs-node-gpu' | 'tfjs-node' | 'wasm' | 'cpu';

/** What {@link chooseEngine} chose. */
export interface EngineChoice {
  /** The engine that TensorFlow.js now uses. */
  readonly name: EngineName;
  /** One line for a log: the engine, and why none of those tried before it. */
  readonly reason: string;
}

/** Options of {@link chooseEngine}. */
export interface ChooseEngineOptions {
  /** The engine to try first; the others follow in their usual order. Default: none. */
  readonly prefer?: EngineName;
  /** How a package is imported. Default: `import(packageName)` as seen from this package. */
  readonly load?: (packageName: string) => Promise<unknown>;
}

interface Engine {
  /** Packages to import, in order. `@tensorflow/tfjs` brings the cpu backend and, for the tape, the registered gradients. */
  readonly packages: readonly string[];
  /** The backend's name within TensorFlow.js. */
  readonly backend: string;
}

const engines: Readonly<Record<EngineName, Engine>> = {
  'tfjs-node-gpu': { packages: ['@tensorflow/tfjs-node-gpu'], backend: 'tensorflow' },
  'tfjs-node': { packages: ['@tensorflow/tfjs-node'], backend: 'tensorflow' },
  wasm: { packages: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'], backend: 'wasm' },
  cpu: { packages: ['@tensorflow/tfjs'], backend: 'cpu' },
};

const engineNames = Object.keys(engines) as EngineName[];

/**
 * Sets the best TensorFlow.js backend that is installed, in the order tfjs-node-gpu, tfjs-node, wasm, cpu.
 *
 * Each engine is imported at run time and must compute a small matrix product before it is chosen. wasm gets the convolution kernels
 * that it lacks (`registerWasmKernels` of `@brenier/nets/convolution`), on one thread unless that was called before.
 *
 * Networks of the size of the published two-dimensional experiments are bound by the overhead of a kernel call: for them wasm is a
 * good choice even where a GPU is present.
 *
 * @param options - which engine to try first, and how to import
 * @returns the engine's name and one line that says why
 * @throws (rejects) TypeError or RangeError for options of the wrong kind or value; Error where no engine starts, listing why
 *
 * @example
 * ```ts
 * import { chooseEngine } from '@brenier/nets/node';
 *
 * const engine = await chooseEngine({ prefer: 'wasm' });
 * engine.reason; // => 'wasm, as preferred'
 * ```
 */
export async function chooseEngine(options?: ChooseEngineOptions): Promise<EngineChoice> {
  const { prefer, load = importPackage } = checkOptions('options', options, ['prefer', 'load']);
  if (prefer !== undefined) checkOneOf('prefer', prefer, engineNames);
  checkFunction('load', load);
  const order = [...new Set(prefer === undefined ? engineNames : [prefer, ...engineNames])];
  const refusals: string[] = [];
  for (const name of order) {
    try {
      const note = await startEngine(name, load);
      return { name, reason: describeChoice(name, name === prefer, note, refusals) };
    } catch (error) {
      refusals.push(`${name} ${describeFailure(error, engines[name])}`);
    }
  }
  throw new Error(`no engine starts: ${refusals.join('; ')}`);
}

function importPackage(packageName: string): Promise<unknown> {
  return import(packageName);
}

/** Returns a remark for the log, or an empty string. */
async function startEngine(name: EngineName, load: (packageName: string) => Promise<unknown>): Promise<string> {
  const { packages, backend } = engines[name];
  if (backend === 'tensorflow') restoreIsNullOrUndefined();
  for (const each of packages) await load(each);
  // Only now: what else this entry offers runs where TensorFlow.js is not installed.
  const tf = await import('@tensorflow/tfjs-core');
  if (!(await tf.setBackend(backend))) throw new Error(`did not start its backend "${backend}"`);
  if (backend === 'wasm') {
    const { ensureWasmKernels } = await import('../wasm-kernels/register.js');
    ensureWasmKernels();
  }
  const product = tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]);
  if (product !== 11) throw new Error(`computed 1·3 + 2·4 = ${product}`);
  const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean };
  return name === 'tfjs-node-gpu' && isUsingGpuDevice === false
    ? ' (it found no GPU and computes on the processor)'
    : '';
}

/** tfjs-node 4.22 calls this function, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

function describeChoice(name: EngineName, isPreferred: boolean, note: string, refusals: readonly string[]): string {
  if (isPreferred) return `${name}, as preferred${note}`;
  return refusals.length === 0
    ? `${name}, the fastest engine${note}`
    : `${name}${note}, because ${refusals.join('; ')}`;
}

function describeFailure(error: unknown, { packages }: Engine): string {
  const { code, message } = error as { code?: string; message?: string };
  const line = String(message ?? error)
    .split('\n')[0]
    .slice(0, 120);
  const missing = packages.find((each) => line.includes(each));
  if (code === 'ERR_MODULE_NOT_FOUND' && missing !== undefined) return 'is not installed';
  return `failed (${line})`;
}
