// Which TensorFlow.js engines the tests of tensors run on.
import { expect } from 'vitest';
import { chooseEngine, type EngineName } from '../src/node.js';

/** wasm and cpu, or the one that the environment variable BRENIER_ENGINE names. */
export const testedEngines: readonly EngineName[] =
  process.env.BRENIER_ENGINE === undefined ? ['wasm', 'cpu'] : [process.env.BRENIER_ENGINE as EngineName];

/** The engine of tests that need one, whichever it is. */
export const testedEngine = testedEngines[0];

/** What a network on that engine calls it. */
export const testedEngineLabel = testedEngine.startsWith('tfjs-node') ? 'tfjs tensorflow' : `tfjs ${testedEngine}`;

/** Sets an engine and takes no other. */
export async function useEngine(engine = testedEngine): Promise<void> {
  expect((await chooseEngine({ prefer: engine })).name).toBe(engine);
}
