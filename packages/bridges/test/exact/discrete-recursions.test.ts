import { expectAllClose, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discreteImf, discreteIpf, type FiniteChainInput } from '../../src/index.js';

const masses = (count: number) =>
  fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: count, maxLength: count });
const chainsFrom = (fewestSteps: number): fc.Arbitrary<FiniteChainInput> =>
  fc
    .record({ states: fc.integer({ min: 1, max: 4 }), steps: fc.integer({ min: fewestSteps, max: 3 }) })
    .chain(({ states, steps }) =>
      fc.record({
        kernels: fc.array(masses(states ** 2), { minLength: steps, maxLength: steps }),
        source: masses(states),
        target: masses(states),
      }),
    );
const chains = chainsFrom(1);

/** What the tests take for granted nowhere: rows of probabilities, products and Sinkhorn as they are written. */
function bruteForceBridge({ kernels, source, target }: FiniteChainInput): number[] {
  const n = source.length;
  const share = (all: ArrayLike<number>) =>
    Array.from(all, (each) => each / Array.from(all).reduce((s, e) => s + e, 0));
  const [p0, p1] = [share(source), share(target)];
  let whole: number[] = Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  for (const kernel of kernels) {
    const rows = Array.from({ length: n }, (_, i) => share(Array.from(kernel).slice(i * n, (i + 1) * n)));
    whole = whole.map((_, at) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += whole[Math.floor(at / n) * n + k] * rows[k][at % n];
      return sum;
    });
  }
  const [u, v] = [new Array<number>(n).fill(1), new Array<number>(n).fill(1)];
  for (let sweep = 0; sweep < 2000; sweep++) {
    for (let i = 0; i < n; i++) u[i] = p0[i] / v.reduce((s, each, j) => s + each * whole[i * n + j], 0);
    for (let j = 0; j < n; j++) v[j] = p1[j] / u.reduce((s, each, i) => s + each * whole[i * n + j], 0);
  }
  return whole.map((each, at) => u[Math.floor(at / n)] * each * v[at % n]);
}

describe('iterative Markovian fitting on finitely many states', () => {
  it('keeps both marginals, and comes to what Sinkhorn gives', () => {
    fc.assert(
      fc.property(chainsFrom(2), (chain) => {
        const iterates = discreteImf(chain, { numIterations: 60 });
        const [start, last] = [iterates[0], iterates[60]];
        const n = chain.source.length;
        for (let i = 0; i < n; i++) {
          const rowOf = (plan: Float64Array) => plan.subarray(i * n, (i + 1) * n).reduce((s, e) => s + e, 0);
          expectClose(rowOf(last.coupling), rowOf(start.coupling), { relative: 1e-12 });
        }
        // Kernels between 0.05 and 1 mix fast enough for sixty iterations.
        expectAllClose(last.coupling, bruteForceBridge(chain), { relative: 0, absolute: 1e-6 });
      }),
      { numRuns: 40 },
    );
  });

  it('falls by Pythagoras: iterate ≥ its Markovian projection ≥ the next iterate', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const iterates = discreteImf(chain, { numIterations: 5 });
        iterates.forEach(({ kl, markovKl }, k) => {
          // Slack for the rounding of sums of order 1.
          expect(markovKl).toBeLessThanOrEqual(kl + 1e-14);
          if (k > 0) expect(kl).toBeLessThanOrEqual(iterates[k - 1].markovKl + 1e-14);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('falls geometrically, by a factor that settles', () => {
    const kernel = [0.7, 0.2, 0.1, 0.15, 0.7, 0.15, 0.1, 0.2, 0.7];
    const chain = { kernels: [kernel, kernel, kernel, kernel], source: [0.5, 0.3, 0.2], target: [0.1, 0.3, 0.6] };
    const kls = discreteImf(chain, { numIterations: 4 }).map(({ kl }) => kl);
    const rates = kls.slice(1).map((kl, k) => kl / kls[k]);
    for (const rate of rates) expect(rate).toBeLessThan(0.5);
    expectClose(rates[3], rates[2], { relative: 0.1 });
  });

  it('goes nowhere where there is one step: every coupling is Markov', () => {
    const chain = { kernels: [[0.8, 0.2, 0.3, 0.7]], source: [0.5, 0.5], target: [0.4, 0.6] };
    const [start, next] = discreteImf(chain, { numIterations: 1 });
    expectAllClose(next.coupling, start.coupling, { relative: 1e-14 });
    expectClose(start.markovKl, start.kl, { relative: 1e-12 });
  });

  it('may start at any coupling of the ends, and stays at the bridge', () => {
    const chain = {
      kernels: [
        [3, 1, 1, 2],
        [1, 1, 2, 3],
      ],
      source: [1, 1],
      target: [2, 3],
    };
    const coupling = bruteForceBridge(chain);
    const iterates = discreteImf(chain, { numIterations: 2, coupling });
    for (const iterate of iterates) {
      expectAllClose(iterate.coupling, coupling, { relative: 1e-13 });
      expectClose(iterate.kl, 0, { absolute: 1e-15 });
      expectClose(iterate.reverseKl, 0, { absolute: 1e-15 });
    }
  });

  it('refuses chains and couplings that are none', () => {
    const good = { kernels: [[1, 1, 1, 1]], source: [1, 1], target: [1, 1] };
    const run = (change: object, options?: object) => discreteImf({ ...good, ...change }, options);
    expect(() => run({ kernels: [[1, 0, 1, 1]] })).toThrow('"kernels[0][1]" expected a probability > 0, got 0');
    expect(() => run({ kernels: [[1e308, 1e308, 1, 1]] })).toThrow(
      '"kernels[0], row 0" expected weights with a finite sum > 0, got sum Infinity',
    );
    expect(() => run({ kernels: [[1, 1]] })).toThrow('"kernels[0]" expected length 4');
    expect(() => run({ kernels: [] })).toThrow('"kernels" expected at least one matrix');
    expect(() => run({ target: [1] })).toThrow('"target" expected length 2');
    expect(() => run({ source: [1, -1] })).toThrow('"source[1]" expected a finite number >= 0');
    expect(() => run({ source: [0, 0] })).toThrow('"source" expected weights');
    expect(() => run({ weights: [1] })).toThrow('expected only the options');
    expect(() => run({}, { coupling: [0.5, 0.25, 0, 0.25] })).toThrow('"coupling" expected marginals');
    expect(() => run({}, { coupling: [0.75, -0.25, -0.25, 0.75] })).toThrow('"coupling[1]" expected a mass >= 0');
    expect(() => run({}, { numIterations: 0 })).toThrow('"numIterations" expected a whole number >= 1');
  });

  it('know the bridge of a reference that hardly mixes, where ten thousand sweeps are not enough', () => {
    for (const [e, d] of [
      [1e-5, 1e-4],
      [1e-6, 1e-5],
      [1e-6, 1e-3],
    ]) {
      const chain = { kernels: [[1 - e, e, e, 1 - e]], source: [0.5, 0.5], target: [0.5 - d, 0.5 + d] };
      // The bridge keeps the cross ratio ρ of the kernel: (1 − ρ)x² + (1 − s − t + ρ(s + t))x − ρst = 0 for its first entry x.
      const [s, t, ratio] = [0.5, 0.5 - d, ((1 - e) / e) ** 2];
      const b = 1 - s - t + ratio * (s + t);
      const x = (2 * ratio * s * t) / (b + Math.sqrt(b * b + 4 * (1 - ratio) * ratio * s * t));
      const bridge = [x, s - x, t - x, 1 - s - t + x];
      const reverseKl = bridge.reduce((sum, p, at) => sum + p * Math.log(p / (chain.kernels[0][at] / 2)), 0);
      // Rounding of 1 − s − t + x to 1e-16, of entries about e.
      expectClose(discreteIpf(chain)[0].reverseKl, reverseKl, { relative: 1e-6 });
    }
    const slow = { kernels: [[1 - 1e-6, 1e-6, 1e-6, 1 - 1e-6]], source: [0.5, 0.5], target: [0.5, 0.5] };
    expect(discreteIpf(slow)[20].kl).toBeLessThan(1e-15);
  });

  it('takes states without mass', () => {
    const chain = {
      kernels: [
        [3, 1, 1, 2],
        [1, 1, 2, 3],
      ],
      source: [1, 0],
      target: [2, 3],
    };
    const last = discreteImf(chain, { numIterations: 3 })[3];
    // All mass starts at one state: the only coupling there is.
    expectAllClose(last.coupling, [0.4, 0.6, 0, 0], { relative: 1e-14 });
    expectClose(last.kl, 0, { absolute: 1e-15 });
  });
});

describe('iterative proportional fitting on finitely many states', () => {
  it('is Sinkhorn: it comes to the plan that brute force gives', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const iterates = discreteIpf(chain, { numHalfSteps: 200 });
        expectAllClose(iterates[200].coupling, bruteForceBridge(chain), { relative: 0, absolute: 1e-8 });
      }),
      { numRuns: 60 },
    );
  });

  it('lowers the divergence of the bridge from it at every half-step', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const kls = discreteIpf(chain, { numHalfSteps: 6 }).map(({ reverseKl }) => reverseKl);
        for (let k = 1; k < kls.length; k++) expect(kls[k]).toBeLessThanOrEqual(kls[k - 1] + 1e-14);
      }),
    );
  });

  it('starts at the reference started from the source', () => {
    const [start] = discreteIpf({ kernels: [[3, 1, 1, 1]], source: [2, 6], target: [1, 1] }, { numHalfSteps: 1 });
    expectAllClose(start.coupling, [0.1875, 0.0625, 0.375, 0.375], { relative: 1e-15 });
  });

  it('refuses options that it does not know', () => {
    const chain = { kernels: [[1]], source: [1], target: [1] };
    expect(() => discreteIpf(chain, { numIterations: 2 } as never)).toThrow('expected only the options "numHalfSteps"');
    expect(() => discreteIpf(chain, { numHalfSteps: 0 })).toThrow('"numHalfSteps" expected');
    expect(discreteIpf(chain)[20].kl).toBe(0);
  });
});
