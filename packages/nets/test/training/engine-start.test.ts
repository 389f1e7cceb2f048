import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { createRng } from '@brenier/random';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseVelocityNetwork, memoryCheckpoint, tapeNetwork, train, velocityMlp } from '../../src/index.js';
import { swirl } from '../swirl.js';

// As in a new process: backends are registered, and none has started.
beforeEach(() => tf.engine().reset());

const settings = { objective: swirl(16), rng: createRng(0), steps: 5 };

describe('TensorFlow.js that has not computed yet', () => {
  it('has no name for its backend', () => {
    expect(velocityMlp({ dim: 2 }).engine).toBe('tfjs');
    expect(tapeNetwork({ name: 'none', dim: 1, shapes: { a: [1] }, forward: (_, x) => x }).engine).toBe('tfjs');
    expect(chooseVelocityNetwork({ dim: 2, hidden: [1024] }).reason).toBe(
      'tfjs, because hidden[0] is 1024 wide and the fused kernels are made for up to 512',
    );
  });

  // The first starts asynchronously, the second at once.
  it.each(['wasm', 'cpu'])('resumes a checkpoint of its default backend: %s', async (backend) => {
    if (backend === 'cpu') tf.removeBackend('wasm');
    const store = memoryCheckpoint();
    const network = velocityMlp({ dim: 2, hidden: [4] });
    const { engine } = await train({ ...settings, network, checkpoint: { store } });
    expect(engine).toBe(`tfjs ${backend}`);
    tf.engine().reset();
    const longer = await train({ ...settings, network, steps: 7, checkpoint: { store } });
    expect(longer).toMatchObject({ status: 'finished', step: 7, engine });
  });
});
