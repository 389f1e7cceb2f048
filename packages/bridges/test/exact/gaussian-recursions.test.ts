import { gaussianKl } from '@brenier/metrics';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  brownian,
  gaussianBridge,
  gaussianImf,
  gaussianIpf,
  ornsteinUhlenbeck,
  type GaussianBridge,
} from '../../src/index.js';

const source = { mean: [0.3, -1], covariance: [1, 0.4, 0.4, 0.8] };
const target = { mean: [2, 0.5], covariance: [0.6, -0.3, -0.3, 1.5] };
const unit = { mean: [0], covariance: [1] };
/** One dimension, shifted and stretched. */
const standard = { mean: [0], covariance: [1] };
const apart = { mean: [2], covariance: [4] };
const references = [brownian({ sigma: 0.9 }), ornsteinUhlenbeck({ sigma: 0.9, rate: 0.7 })];

describe('iterative Markovian fitting between normal distributions', () => {
  it('has the closed form of one dimension: c ↦ √(s₀s₁) exp(−½σ²∫dt/v_t)', () => {
    const [s0, s1, sigma] = [1.3, 0.4, 0.8];
    const ends = [s0, s1].map((s) => ({ mean: [0], covariance: [s] })) as [typeof unit, typeof unit];
    const iterates = gaussianImf(...ends, { reference: brownian({ sigma }), numIterations: 3 });
    for (let k = 0; k < 3; k++) {
      const c = iterates[k].crossCovariance[0];
      // 1/v_t is smooth: 2,000 midpoints are exact to 1e-8.
      let integral = 0;
      for (let i = 0; i < 2000; i++) {
        const t = (i + 0.5) / 2000;
        integral += 1 / ((1 - t) ** 2 * s0 + t * t * s1 + t * (1 - t) * (2 * c + sigma ** 2)) / 2000;
      }
      const next = Math.sqrt(s0 * s1) * Math.exp(-0.5 * sigma ** 2 * integral);
      expectClose(iterates[k + 1].crossCovariance[0], next, { relative: 1e-7 });
    }
  });

  it('stays at the bridge, in two dimensions and for either reference', () => {
    for (const reference of references) {
      const { crossCovariance } = gaussianBridge(source, target, { reference });
      const [start, next] = gaussianImf(source, target, { reference, numIterations: 1, crossCovariance });
      expectClose(start.kl, 0, { absolute: 1e-14 });
      expectAllClose(next.crossCovariance, crossCovariance, { relative: 1e-9 });
    }
  });

  it('lowers the divergence to the bridge geometrically', () => {
    for (const reference of references) {
      const kls = gaussianImf(source, target, { reference, numIterations: 6 }).map(({ kl }) => kl);
      for (let k = 1; k < kls.length; k++) expect(kls[k]).toBeLessThan(0.6 * kls[k - 1]);
      // The factor settles: it is that of the slowest direction.
      expectClose(kls[5] / kls[4], kls[4] / kls[3], { relative: 0.05 });
    }
  });

  for (const d of [5, 20, 50]) {
    it(`leads to the endpoint covariance 0.618 in ${d} dimensions`, () => {
      const covariance = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
      const end = (m: number) => ({ mean: new Float64Array(d).fill(m), covariance });
      const numIterations = d === 50 ? 3 : 8;
      const iterates = gaussianImf(end(-0.1), end(0.1), { reference: brownian(), numIterations });
      // One iteration shrinks the error by about nine here.
      const expected = 0.6180339887;
      expectClose(iterates[numIterations].crossCovariance[0], expected, { absolute: 9 ** -numIterations * 0.7 });
      expectClose(iterates[1].crossCovariance[d + 1], Math.exp(-Math.PI / (3 * Math.sqrt(3))), { relative: 1e-9 });
    }, 60_000);
  }

  it('keeps the digits of its divergence as σ → 0', () => {
    // Of X₁ given X₀ the first iterate has the variance 4σ²∫dt/((1 − t)² + 4t²) = πσ², the bridge 2σ², both up to σ⁴.
    const limit = 0.5 * (Math.PI / 2 - 1 - Math.log(Math.PI / 2));
    for (const sigma of [1e-2, 1e-4, 1e-6]) {
      const { kl } = gaussianImf(standard, apart, { reference: brownian({ sigma }), numIterations: 1 })[1];
      expectClose(kl, limit, { relative: 1e-8 + 2 * sigma ** 2 });
    }
  });

  it('refuses a start that no such ends have', () => {
    const reference = brownian();
    expect(() => gaussianImf(unit, unit, { reference, crossCovariance: [2] })).toThrow(
      '"crossCovariance" expected correlations of at most 1 between such ends, got the correlation 2',
    );
    expect(gaussianImf(unit, unit, { reference, crossCovariance: [1], numIterations: 1 })[0].kl).toBe(Infinity);
    expect(() => gaussianImf(unit, unit, { reference, crossCovariance: [1, 2] })).toThrow(
      '"crossCovariance" expected length 1',
    );
    expect(() => gaussianImf(unit, unit, { reference, numIterations: 0 })).toThrow(
      '"numIterations" expected a whole number',
    );
    expect(() => gaussianImf(unit, unit, { reference, steps: 0 } as never)).toThrow('expected only the options');
  });
});

describe('iterative proportional fitting between normal distributions', () => {
  it('is Sinkhorn: each half-step brings one marginal and keeps the law of the other end given it', () => {
    for (const reference of references) {
      const iterates = gaussianIpf(source, target, { reference, numHalfSteps: 4 });
      expectAllClose(iterates[0].source.covariance, source.covariance);
      for (const k of [1, 3]) expectAllClose(iterates[k].target.covariance, target.covariance, { relative: 1e-13 });
      for (const k of [2, 4]) expectAllClose(iterates[k].source.mean, source.mean, { relative: 1e-13 });
    }
  });

  it('has the closed form of one dimension: precisions p₁ = 1/s₁ + 1/(σ⁴p₀) in turn', () => {
    const iterates = gaussianIpf(unit, unit, { reference: brownian(), numHalfSteps: 6 });
    // The joint precision keeps its off-diagonal entry −1/σ²; at the start p₀ = 1 + 1, p₁ = 1.
    let [p0, p1] = [2, 1];
    for (let k = 1; k <= 6; k++) {
      if (k % 2 === 1) p1 = 1 + 1 / p0;
      else p0 = 1 + 1 / p1;
      expectClose(iterates[k].crossCovariance[0], 1 / (p0 * p1 - 1), { relative: 1e-12 });
    }
  });

  it('ends at the bridge, and lowers the divergence from it at every half-step, geometrically', () => {
    for (const reference of references) {
      const iterates = gaussianIpf(source, target, { reference, numHalfSteps: 40 });
      const { crossCovariance } = gaussianBridge(source, target, { reference });
      expectAllClose(iterates[40].crossCovariance, crossCovariance, { relative: 1e-6 });
      for (let k = 1; k <= 12; k++) {
        expect(iterates[k].reverseKl).toBeLessThan(iterates[k - 1].reverseKl);
        expect(iterates[k].kl).toBeGreaterThanOrEqual(0);
      }
      const rate = (k: number) => iterates[k + 2].reverseKl / iterates[k].reverseKl;
      expectClose(rate(10), rate(8), { relative: 0.1 });
      expect(rate(8)).toBeLessThan(0.9);
    }
  });

  it('starts at the divergence of the bridge from the reference, whatever σ is', () => {
    for (const sigma of [1e-6, 3e-5, 1e-4, 1, 1e4, 1e8]) {
      const reference = brownian({ sigma });
      const iterates = gaussianIpf(standard, apart, { reference, numHalfSteps: 6 });
      expectClose(iterates[0].reverseKl, gaussianBridge(standard, apart, { reference }).kl, { relative: 1e-12 });
      for (let k = 1; k <= 6; k++) expect(iterates[k].reverseKl).toBeLessThanOrEqual(iterates[k - 1].reverseKl);
    }
    const forgetful = ornsteinUhlenbeck({ rate: 800 });
    const [start, next] = gaussianIpf(standard, apart, { reference: forgetful, numHalfSteps: 1 });
    expectClose(start.reverseKl, gaussianBridge(standard, apart, { reference: forgetful }).kl, { relative: 1e-12 });
    expectClose(next.reverseKl, 0, { absolute: 1e-12 });
  });

  it('has the divergences of the laws of both ends together', () => {
    for (const reference of references) {
      const iterates = gaussianIpf(source, target, { reference, numHalfSteps: 3 });
      const bridge = jointLaw(gaussianBridge(source, target, { reference }));
      for (const iterate of iterates) {
        expectClose(iterate.kl, gaussianKl(jointLaw(iterate), bridge).value, { relative: 1e-9 });
        expectClose(iterate.reverseKl, gaussianKl(bridge, jointLaw(iterate)).value, { relative: 1e-9 });
      }
      for (const iterate of gaussianImf(source, target, { reference, numIterations: 2 })) {
        const law = jointLaw({ ...gaussianBridge(source, target, { reference }), ...iterate });
        expectClose(iterate.kl, gaussianKl(law, bridge).value, { relative: 1e-6 });
      }
    }
  });

  it('refuses options that it does not know', () => {
    expect(() => gaussianIpf(unit, unit, { reference: brownian(), numIterations: 3 } as never)).toThrow(
      'expected only',
    );
    expect(() => gaussianIpf(unit, unit, { reference: brownian(), numHalfSteps: 0.5 })).toThrow(
      '"numHalfSteps" expected',
    );
  });
});

/** Mean and covariance of (X₀, X₁) in the plane: four coordinates. */
function jointLaw({
  source,
  target,
  crossCovariance: c,
}: Pick<GaussianBridge, 'source' | 'target' | 'crossCovariance'>) {
  const [p, q] = [source.covariance, target.covariance];
  return {
    mean: [...source.mean, ...target.mean],
    covariance: [
      ...[p[0], p[1], c[0], c[1]],
      ...[p[2], p[3], c[2], c[3]],
      ...[c[0], c[2], q[0], q[1]],
      ...[c[1], c[3], q[2], q[3]],
    ],
  };
}
