import { fusedMlp } from '@brenier/nets/fused';
import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { scaledDrift } from '../../src/images/method/scaled-drift.js';

const network = fusedMlp({ dim: 2, hidden: [8] });
const drift = scaledDrift(network, (t) => 1 - t);
const parameters = network.initParameters(createRng(0));

/** Samples at times in [0, 0.9]. */
function batchOf(count: number) {
  const t = fillUniform(createRng(1), new Float32Array(count), { low: 0, high: 0.9 });
  const x = fillNormal(createRng(2), new Float32Array(2 * count));
  const target = fillNormal(createRng(3), new Float32Array(2 * count));
  return { count, dim: 2, t, x, target, weight: t.map((each) => 1 - each) };
}

describe('scaledDrift', () => {
  it('is the network over the root of the time left', () => {
    const x = Float64Array.of(0.3, -1);
    const [plain, scaled] = [new Float64Array(2), new Float64Array(2)];
    network.field(parameters).evaluate(x, 0.75, plain);
    drift.field(parameters).evaluate(x, 0.75, scaled);
    expect([...scaled]).toEqual([...plain.map((each) => 2 * each)]);
  });

  it('has the loss of its own velocities', async () => {
    const batch = batchOf(16);
    let expected = 0;
    for (let i = 0; i < 16; i++) {
      const velocity = new Float64Array(2);
      drift.field(parameters).evaluate(Float64Array.from(batch.x.subarray(2 * i, 2 * i + 2)), batch.t[i], velocity);
      for (let k = 0; k < 2; k++) expected += (batch.weight[i] * (velocity[k] - batch.target[2 * i + k]) ** 2) / 32;
    }
    const loss = await drift.lossAndGradient(parameters, batch, new Float32Array(network.parameterCount));
    // Targets and weights are rounded to float32.
    expect(Math.abs(loss - expected)).toBeLessThan(1e-5 * expected);
  });

  it('has the gradient of that loss', async () => {
    const batch = batchOf(16);
    const gradient = new Float32Array(network.parameterCount);
    await drift.lossAndGradient(parameters, batch, gradient);
    const k = 20;
    const lossAt = async (step: number): Promise<number> => {
      const moved = parameters.slice();
      moved[k] += step;
      return drift.lossAndGradient(moved, batch, new Float32Array(network.parameterCount));
    };
    const difference = ((await lossAt(1e-2)) - (await lossAt(-1e-2))) / 2e-2;
    // A central difference of float32 losses: 1e-7 / 1e-2 from rounding, 1e-4 from the third derivative.
    expect(Math.abs(gradient[k] - difference)).toBeLessThan(1e-3 * Math.max(1, Math.abs(difference)));
  });
});
