import { createRng } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  conditionalFlowMatching,
  entropicPairing,
  exactPairing,
  flowMatching,
  independentPairing,
  linearInterpolant,
  lipmanFlowMatching,
  otConditionalFlowMatching,
  rectifiedFlow,
  schrodingerBridgeFlowMatching,
  schrodingerBridgeScoreMatching,
  standardNormalSource,
  variancePreservingFlowMatching,
} from '../../src/index.js';
import { fixedSource, normalSource } from '../clouds.js';

const [source, target] = [normalSource([0, 0]), normalSource([4, 1], 0.5)];
const options = { source, target, batchSize: 64 };

describe('lipmanFlowMatching', () => {
  it('starts from standard normal noise and regresses on x₁ − (1−σ)x₀', () => {
    const batch = lipmanFlowMatching({ target, batchSize: 64, sigma: 0.2 }).draw(createRng(1));
    const { x0, x1 } = independentPairing(standardNormalSource({ dim: 2 }), target).draw(
      createRng(1).fork('pairing'),
      64,
    );
    expectAllClose(
      batch.target,
      x1.map((end, j) => end - 0.8 * x0[j]),
      { absolute: 1e-6 },
    );
    expectAllClose(
      batch.x,
      x1.map((end, j) => batch.t[j >> 1] * end + (1 - 0.8 * batch.t[j >> 1]) * x0[j]),
      { absolute: 1e-6 },
    );
  });

  it('has the published σ of 0.1, names itself, and takes no source', () => {
    expect(lipmanFlowMatching({ target, batchSize: 8 }).name).toBe('fm, sigma 0.1, batch 8');
    expect(() => lipmanFlowMatching({ target, batchSize: 8, source } as never)).toThrow('got "source"');
    expect(() => lipmanFlowMatching({ target, batchSize: 8, sigma: 2 })).toThrow('"sigma" expected a number in [0, 1]');
    expect(() => lipmanFlowMatching({ target: undefined as never, batchSize: 8 })).toThrow('"target" expected');
    expect(() => lipmanFlowMatching({ target, batchSize: 0 })).toThrow('"batchSize"');
  });
});

describe('variancePreservingFlowMatching', () => {
  it('shares pairs, times and noise with conditionalFlowMatching, on arcs', () => {
    const straight = conditionalFlowMatching({ ...options, sigma: 0.3 }).draw(createRng(2));
    const arc = variancePreservingFlowMatching({ ...options, sigma: 0.3 }).draw(createRng(2));
    expect(arc.t).toEqual(straight.t);
    const { x0, x1 } = independentPairing(source, target).draw(createRng(2).fork('pairing'), 64);
    const angle = (j: number) => (Math.PI / 2) * arc.t[j >> 1];
    expectAllClose(
      arc.target,
      x0.map((start, j) => (Math.PI / 2) * (Math.cos(angle(j)) * x1[j] - Math.sin(angle(j)) * start)),
      { absolute: 1e-5 },
    );
    const noise = (x: Float32Array, mean: (j: number) => number) => x.map((each, j) => each - mean(j));
    expectAllClose(
      noise(arc.x, (j) => Math.cos(angle(j)) * x0[j] + Math.sin(angle(j)) * x1[j]),
      noise(straight.x, (j) => (1 - arc.t[j >> 1]) * x0[j] + arc.t[j >> 1] * x1[j]),
      { absolute: 1e-5 },
    );
  });

  it('names itself and refuses unknown options', () => {
    expect(variancePreservingFlowMatching(options).name).toBe('vp-cfm, sigma 0.1, batch 64');
    expect(() => variancePreservingFlowMatching({ ...options, epsilon: 1 } as never)).toThrow('got "epsilon"');
    expect(() => variancePreservingFlowMatching({ ...options, sigma: -1 })).toThrow('"sigma"');
  });
});

describe('rectifiedFlow', () => {
  it('is conditional flow matching without noise, on any pairing', () => {
    const pairing = independentPairing(source, target);
    const rectified = rectifiedFlow({ pairing, batchSize: 64 }).draw(createRng(3));
    expect(rectified).toEqual(conditionalFlowMatching({ ...options, sigma: 0 }).draw(createRng(3)));
  });

  it('names itself by its pairing and reflows, and refuses unknown options', () => {
    const pairing = independentPairing(source, target);
    expect(rectifiedFlow({ pairing, batchSize: 8, reflows: 2 }).name).toBe(
      'rf, independent pairing, reflows 2, batch 8',
    );
    expect(() => rectifiedFlow({ pairing, batchSize: 8, reflows: -1 })).toThrow('"reflows"');
    expect(() => rectifiedFlow({ pairing, batchSize: 8, sigma: 0 } as never)).toThrow('got "sigma"');
    expect(() => rectifiedFlow({ pairing: null as never, batchSize: 8 })).toThrow('"pairing" expected an object');
  });
});

describe('schrodingerBridgeFlowMatching and schrodingerBridgeScoreMatching', () => {
  it('pair by the entropic plan at ε = 2σ² and bridge with diffusion σ', () => {
    const sigma = 1.5;
    const { t, x, target: velocity } = schrodingerBridgeFlowMatching({ ...options, sigma }).draw(createRng(4));
    const pairing = entropicPairing(source, target, { epsilon: 2 * sigma ** 2 });
    const { x0, x1 } = pairing.draw(createRng(4).fork('pairing'), 64);
    const expected = x.map((each, j) => {
      const time = t[j >> 1];
      const mean = (1 - time) * x0[j] + time * x1[j];
      return ((1 - 2 * time) / (2 * time * (1 - time))) * (each - mean) + x1[j] - x0[j];
    });
    // x is float32, of size 5, and its rounding is divided by up to 2·1e-3.
    expectAllClose(velocity, expected, { absolute: 1e-3 });
  });

  it('share pairs, times and noise, and keep velocity and score of the published loss', () => {
    const sigma = 0.8;
    const velocity = schrodingerBridgeFlowMatching({ ...options, sigma }).draw(createRng(5));
    const score = schrodingerBridgeScoreMatching({ ...options, sigma }).draw(createRng(5));
    expect([score.t, score.x]).toEqual([velocity.t, velocity.x]);
    const { x0, x1 } = entropicPairing(source, target, { epsilon: 2 * sigma ** 2 }).draw(
      createRng(5).fork('pairing'),
      64,
    );
    // The same noise, once from the score's target and once from the point.
    const noise = score.target.map((each, j) => -each * sigma * Math.sqrt(score.t[j >> 1] * (1 - score.t[j >> 1])));
    const drawn = score.x.map((each, j) => {
      const time = score.t[j >> 1];
      return (each - (1 - time) * x0[j] - time * x1[j]) / (sigma * Math.sqrt(time * (1 - time)));
    });
    // x is float32, of size 5, and its rounding is divided by σ√δ = 0.025 at least.
    expectAllClose(noise, drawn, { absolute: 3e-5 });
    // Published: |λs̃ + ε|² with s̃ = ½σ²s and λ = 2√(t(1−t))/σ. Ours: weight·|s − target|². Here for s = 0.3.
    for (let j = 0; j < 128; j++) {
      const time = score.t[j >> 1];
      const lambda = (2 * Math.sqrt(time * (1 - time))) / sigma;
      const published = (lambda * 0.5 * sigma ** 2 * 0.3 + noise[j]) ** 2;
      const ours = score.weight![j >> 1] * (0.3 - score.target[j]) ** 2;
      expect(Math.abs(published - ours)).toBeLessThan(1e-5 * (1 + published));
    }
  });

  it('tend to OT-CFM without noise as σ falls', () => {
    // Ends that are far enough from each other for an entropic plan to be the exact one to the last bit.
    const [starts, ends] = [fixedSource([0, 3, 1, 2]), fixedSource([14, 11, 17, 20])];
    const pairing = exactPairing(starts, ends);
    const interpolant = linearInterpolant();
    const straight = flowMatching({ pairing, interpolant, batchSize: 4, timeMargin: 0.1 }).draw(createRng(6));
    for (const sigma of [0.3, 0.03]) {
      const few = { source: starts, target: ends, batchSize: 4, sigma, timeMargin: 0.1 };
      const bridge = schrodingerBridgeFlowMatching(few).draw(createRng(6));
      expect(bridge.t).toEqual(straight.t);
      // |γ'| ≤ 0.8σ/(2√0.09) = 1.34σ and γ ≤ σ/2 on [0.1, 0.9], times noise within four standard deviations.
      expectAllClose(bridge.target, straight.target, { absolute: 5.4 * sigma });
      expectAllClose(bridge.x, straight.x, { absolute: 2 * sigma });
    }
  });

  it('have a margin of 1e-3 that can be widened, and name themselves', () => {
    const times = (timeMargin?: number) =>
      schrodingerBridgeFlowMatching({ ...options, ...(timeMargin !== undefined && { timeMargin }) }).draw(createRng(7))
        .t;
    expect(times()).toEqual(times(1e-3));
    expect(Math.min(...times(0.3))).toBeGreaterThanOrEqual(Math.fround(0.3));
    expect(schrodingerBridgeFlowMatching(options).name).toBe('sb-cfm, sigma 1, time margin 0.001, batch 64');
    expect(schrodingerBridgeScoreMatching({ ...options, timeMargin: 0.2 }).name).toBe(
      'sb-score, sigma 1, time margin 0.2, batch 64',
    );
  });

  it('refuse a diffusion that is not above 0, and unknown options', () => {
    for (const make of [schrodingerBridgeFlowMatching, schrodingerBridgeScoreMatching]) {
      expect(() => make({ ...options, sigma: 0 })).toThrow('"sigma" expected a finite number > 0, got 0');
      expect(() => make({ ...options, timeMargin: 0 })).toThrow(RangeError);
      expect(() => make({ ...options, epsilon: 1 } as never)).toThrow('got "epsilon"');
      expect(() => make({ ...options, target: normalSource([0]) })).toThrow('"target.dim" expected 2');
    }
  });
});

describe('the published objectives', () => {
  it('are flowMatching with a pairing and an interpolant, to the bit', () => {
    const pairing = exactPairing(source, target);
    const byParts = flowMatching({ pairing, interpolant: linearInterpolant({ sigma: 0.1 }), batchSize: 64 });
    expect(otConditionalFlowMatching(options).draw(createRng(8))).toEqual(byParts.draw(createRng(8)));
  });
});
