import { createRng, fillNormal } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  conditionalFlowMatching,
  flowMatching,
  generatorSource,
  independentPairing,
  linearInterpolant,
  type FlowMatchingOptions,
  type Pairing,
} from '../../src/index.js';

const normalCloud = (mean: number) =>
  generatorSource((rng, count) => ({ points: fillNormal(rng, new Float64Array(2 * count), { mean }), count, dim: 2 }), {
    dim: 2,
  });
const pairing = independentPairing(normalCloud(0), normalCloud(5));

describe('flowMatching', () => {
  it('has the target x1 − x0 on the segment between them where sigma is 0', () => {
    const batch = flowMatching({ pairing, interpolant: linearInterpolant(), batchSize: 64 }).draw(createRng(3));
    const { x0, x1 } = pairing.draw(createRng(3).fork('pairing'), 64);
    for (let j = 0; j < 128; j++) {
      const t = batch.t[j >> 1];
      expect(batch.target[j]).toBe(Math.fround(x1[j] - x0[j]));
      expect(batch.x[j]).toBe(Math.fround((1 - t) * x0[j] + t * x1[j]));
    }
  });

  it('adds noise of standard deviation sigma around the segment and leaves the target alone', () => {
    const quiet = flowMatching({ pairing, interpolant: linearInterpolant(), batchSize: 20_000 }).draw(createRng(3));
    const noisy = conditionalFlowMatching({
      source: normalCloud(0),
      target: normalCloud(5),
      batchSize: 20_000,
      sigma: 0.5,
    });
    const batch = noisy.draw(createRng(3));
    expect(batch.target).toEqual(quiet.target);
    expect(batch.t).toEqual(quiet.t);
    const noise = Array.from(batch.x, (x, j) => (x - quiet.x[j]) / 0.5);
    const mean = noise.reduce((sum, e) => sum + e, 0) / noise.length;
    const variance = noise.reduce((sum, e) => sum + e * e, 0) / noise.length;
    // Four standard errors of 40,000 standard normal numbers: 4/200 and 4·√2/200.
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.029);
  });

  it('draws times uniformly on [0, 1]', () => {
    const count = 20_000;
    const { t } = flowMatching({ pairing, interpolant: linearInterpolant(), batchSize: count }).draw(createRng(11));
    const sorted = t.slice().sort();
    const kolmogorov = Math.max(
      ...Array.from(sorted, (value, i) => Math.max((i + 1) / count - value, value - i / count)),
    );
    // Kolmogorov's statistic exceeds 1.95/√n with probability 0.001.
    expect(kolmogorov).toBeLessThan(1.95 / Math.sqrt(count));
    expect(sorted[0]).toBeGreaterThanOrEqual(0);
    expect(sorted.at(-1)).toBeLessThanOrEqual(1);
  });

  it('gives step k the same batch whatever was drawn before', () => {
    const objective = flowMatching({ pairing, interpolant: linearInterpolant({ sigma: 0.1 }), batchSize: 8 });
    const seed = createRng(5);
    const fifth = objective.draw(seed.fork(5));
    objective.draw(seed.fork(0));
    seed.uniform();
    expect(objective.draw(seed.fork(5))).toEqual(fifth);
    expect(objective.draw(seed.fork(6))).not.toEqual(fifth);
    expect(objective.draw(createRng(6).fork(5))).not.toEqual(fifth);
  });

  it('keeps times and noise where only the pairing changes', () => {
    const reversed: Pairing = {
      dim: 2,
      draw: (rng, count) => ({ x0: pairing.draw(rng, count).x1, x1: pairing.draw(rng, count).x0 }),
    };
    const interpolant = linearInterpolant({ sigma: 1 });
    const batch = flowMatching({ pairing, interpolant, batchSize: 16 }).draw(createRng(0));
    const other = flowMatching({ pairing: reversed, interpolant, batchSize: 16 }).draw(createRng(0));
    expect(other.t).toEqual(batch.t);
    expect(other.target).toEqual(batch.target.map((v) => -v));
  });

  it('computes in float64 before it rounds: a huge offset common to both ends leaves the target exact', () => {
    const offset: Pairing = {
      dim: 1,
      draw: (_, count) => ({
        x0: new Float64Array(count).fill(2 ** 40),
        x1: new Float64Array(count).fill(2 ** 40 + 3),
      }),
    };
    const { target } = flowMatching({ pairing: offset, interpolant: linearInterpolant(), batchSize: 4 }).draw(
      createRng(0),
    );
    expect(Array.from(target)).toEqual([3, 3, 3, 3]);
  });

  it('follows any interpolant, its noise derivative included', () => {
    const values = { alpha: 2, beta: 3, gamma: 1, dAlpha: 5, dBeta: 7, dGamma: 4 };
    const batch = flowMatching({ pairing, interpolant: { at: () => values }, batchSize: 8 }).draw(createRng(1));
    const { x0, x1 } = pairing.draw(createRng(1).fork('pairing'), 8);
    for (let j = 0; j < 16; j++) {
      const noise = batch.x[j] - 2 * x0[j] - 3 * x1[j];
      // The noise is recovered from float32 numbers of size 20.
      expect(batch.target[j]).toBeCloseTo(5 * x0[j] + 7 * x1[j] + 4 * noise, 4);
    }
  });

  it('names itself', () => {
    expect(flowMatching({ pairing, interpolant: linearInterpolant(), batchSize: 8 }).name).toBe(
      'flow-matching, independent pairing, linear(sigma 0) interpolant, batch 8',
    );
    const options = { source: normalCloud(0), target: normalCloud(1), batchSize: 512 };
    expect(conditionalFlowMatching(options).name).toBe('cfm, sigma 0.1, batch 512');
  });

  const valid: FlowMatchingOptions = { pairing, interpolant: linearInterpolant(), batchSize: 4 };
  const refused: [string, object, string][] = [
    ['no pairing', { pairing: undefined }, '"pairing" expected an object, got undefined'],
    ['a pairing that cannot draw', { pairing: { dim: 2 } }, '"pairing.draw" expected a function, got undefined'],
    ['no interpolant', { interpolant: null }, '"interpolant" expected an object, got null'],
    ['an empty batch', { batchSize: 0 }, '"batchSize" expected a whole number in [1, 2147483647], got 0'],
    ['half a sample', { batchSize: 1.5 }, '"batchSize" expected a whole number in [1, 2147483647], got 1.5'],
    ['an unknown option', { sigma: 1 }, 'got "sigma"'],
  ];
  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => flowMatching({ ...valid, ...change })).toThrow(message);
    });
  }

  it('refuses a generator that is none', () => {
    expect(() => flowMatching(valid).draw(42 as never)).toThrow(TypeError);
  });

  it('refuses a name that is no string', () => {
    expect(() => flowMatching({ ...valid, name: 3 as never })).toThrow('"name" expected a string, got 3');
  });

  it('refuses pairs that are missing, too few, or not finite', () => {
    const drawing = (pairs: unknown) => flowMatching({ ...valid, pairing: { dim: 2, draw: () => pairs as never } });
    const fine = new Float64Array(8);
    expect(() => drawing(undefined).draw(createRng(0))).toThrow('"pairing.draw(…).x0" expected a typed array');
    expect(() => drawing({ x0: fine }).draw(createRng(0))).toThrow('"pairing.draw(…).x1" expected a typed array');
    expect(() => drawing({ x0: fine, x1: new Float64Array(6) }).draw(createRng(0))).toThrow('expected length 8, got 6');
    expect(() => drawing({ x0: fine.map(() => NaN), x1: fine }).draw(createRng(0))).toThrow('"pairing.draw(…).x0[0]"');
  });

  it('refuses an interpolant that does not give finite numbers', () => {
    const whole = linearInterpolant().at(0.5);
    const giving = (values: unknown) => flowMatching({ ...valid, interpolant: { at: () => values as never } });
    expect(() => giving(undefined).draw(createRng(0))).toThrow('"interpolant.at(t).alpha" expected a finite number');
    expect(() => giving({ ...whole, dGamma: undefined }).draw(createRng(0))).toThrow('"interpolant.at(t).dGamma"');
    expect(() => giving({ ...whole, beta: NaN }).draw(createRng(0))).toThrow(RangeError);
    expect(() => giving({ ...whole, beta: '0.5' }).draw(createRng(0))).toThrow(TypeError);
  });
});
