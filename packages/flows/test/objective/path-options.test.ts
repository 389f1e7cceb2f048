import { createRng } from '@brenier/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  flowMatching,
  independentPairing,
  labelledCloudSource,
  linearInterpolant,
  scoreMatching,
  type FlowMatchingOptions,
  type Pairing,
} from '../../src/index.js';
import { normalSource } from '../clouds.js';

const pairing = independentPairing(normalSource([0]), normalSource([5]));
const labels = labelledCloudSource({ points: [0, 1, 2], count: 3, dim: 1 }, [0, 1, 2]);
const labelled = independentPairing(normalSource([0]), labels);
const valid: FlowMatchingOptions = { pairing, interpolant: linearInterpolant({ sigma: 0.5 }), batchSize: 4 };

describe('the time margin of an objective', () => {
  it('keeps times in [δ, 1−δ], uniformly', () => {
    const count = 20_000;
    const { t } = flowMatching({ ...valid, batchSize: count, timeMargin: 0.2 }).draw(createRng(1));
    const sorted = t.slice().sort();
    expect(sorted[0]).toBeGreaterThanOrEqual(Math.fround(0.2));
    expect(sorted.at(-1)).toBeLessThanOrEqual(Math.fround(0.8));
    const distances = Array.from(sorted, (value, i) => Math.abs((value - 0.2) / 0.6 - (i + 0.5) / count));
    // Kolmogorov's statistic exceeds 1.95/√n with probability 0.001.
    expect(Math.max(...distances)).toBeLessThan(1.95 / Math.sqrt(count));
  });

  it('is that of the interpolant where none is given, and 0 where it has none', () => {
    const timesOf = (options: Partial<FlowMatchingOptions>) =>
      flowMatching({ ...valid, batchSize: 50, ...options }).draw(createRng(2)).t;
    const bridge = brownianBridgeInterpolant();
    expect(timesOf({ interpolant: bridge })).toEqual(timesOf({ timeMargin: 1e-3 }));
    expect(timesOf({ interpolant: bridge, timeMargin: 0.1 })).toEqual(timesOf({ timeMargin: 0.1 }));
    expect(timesOf({})).toEqual(timesOf({ timeMargin: 0 }));
  });

  it('must be wide enough for the interpolant, which is found before the training', () => {
    const interpolant = brownianBridgeInterpolant();
    const make = (timeMargin: number) => () => flowMatching({ ...valid, interpolant, timeMargin });
    expect(make(0)).toThrow('"interpolant.at(t).dGamma" expected a finite number, got Infinity');
    // 1 − 1e-9 is 1 in float32, the precision of times.
    expect(make(1e-9)).toThrow('"interpolant.at(t).dGamma" expected a finite number, got -Infinity');
    expect(make(1e-6)).not.toThrow();
  });

  it('leaves the rest of a batch as it is', () => {
    const batch = flowMatching(valid).draw(createRng(3));
    const narrow = flowMatching({ ...valid, timeMargin: 0.25 }).draw(createRng(3));
    expect(narrow.t).toEqual(batch.t.map((each) => Math.fround(0.25 + 0.5 * each)));
    expect(narrow.target).toEqual(batch.target);
  });

  it('is refused outside [0, 1/2)', () => {
    for (const timeMargin of [-0.1, 0.5, NaN]) {
      expect(() => flowMatching({ ...valid, timeMargin })).toThrow('"timeMargin" expected a number in [0, 0.5)');
    }
  });
});

describe('the weight of an objective', () => {
  it('is what the caller says at the time of each sample', () => {
    const { t, weight } = flowMatching({ ...valid, weight: (time) => 1 + time }).draw(createRng(1));
    expect(weight).toEqual(t.map((time) => 1 + time));
  });

  it('is absent from velocities, and γ² for scores, unless the caller says otherwise', () => {
    expect(flowMatching(valid).draw(createRng(1))).not.toHaveProperty('weight');
    expect(scoreMatching(valid).draw(createRng(1)).weight).toEqual(new Float32Array(4).fill(0.25));
    expect(scoreMatching({ ...valid, weight: () => 3 }).draw(createRng(1)).weight).toEqual(new Float32Array(4).fill(3));
  });

  it('is refused where it is no function, negative or not finite', () => {
    expect(() => flowMatching({ ...valid, weight: 1 as never })).toThrow('"weight" expected a function, got 1');
    expect(() => flowMatching({ ...valid, weight: () => -1 })).toThrow('"weight(t)" expected a finite number >= 0');
    expect(() => flowMatching({ ...valid, weight: (t) => 1 / t })).toThrow('"weight(t)" expected a finite number >= 0');
  });
});

describe('the labels of an objective', () => {
  it('are those of the pairs', () => {
    const batch = flowMatching({ ...valid, pairing: labelled, batchSize: 30 }).draw(createRng(1));
    expect(batch.label).toEqual(labelled.draw(createRng(1).fork('pairing'), 30).label);
    expect(flowMatching(valid).draw(createRng(1))).not.toHaveProperty('label');
  });

  it('are dropped with the probability that is asked for, whatever they are, and nothing else changes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.1, 0.5, 0.9), (seed, labelDropout) => {
        const options = { ...valid, pairing: labelled, batchSize: 2000 };
        const whole = flowMatching(options).draw(createRng(seed));
        const dropped = flowMatching({ ...options, labelDropout }).draw(createRng(seed));
        expect({ ...dropped, label: whole.label }).toEqual(whole);
        const lost = dropped.label!.filter((each) => each === -1).length;
        const kept = dropped.label!.every((each, i) => each === -1 || each === whole.label![i]);
        expect(kept).toBe(true);
        // Six standard deviations of a binomial number, for any seed.
        expect(Math.abs(lost - 2000 * labelDropout)).toBeLessThan(
          6 * Math.sqrt(2000 * labelDropout * (1 - labelDropout)),
        );
      }),
      { numRuns: 6 },
    );
  });

  it('are all dropped at 1', () => {
    const { label } = flowMatching({ ...valid, pairing: labelled, labelDropout: 1 }).draw(createRng(0));
    expect(label).toEqual(new Int32Array(4).fill(-1));
  });

  it('are refused where they are no classes, or missing where some are to be dropped', () => {
    const giving = (label: unknown): Pairing => ({
      dim: 1,
      draw: (rng, count) => ({ ...pairing.draw(rng, count), label: label as Int32Array }),
    });
    const draw = (label: unknown) => () => flowMatching({ ...valid, pairing: giving(label) }).draw(createRng(0));
    expect(draw([0, 0, 0, 0])).toThrow('"pairing.draw(…).label" expected an Int32Array, got an array of length 4');
    expect(draw(Int32Array.of(1))).toThrow('"pairing.draw(…).label" expected length 4, got 1');
    expect(draw(Int32Array.of(0, 0, -2, 0))).toThrow(
      '"pairing.draw(…).label[2]" expected a whole number >= -1, got -2',
    );
    expect(() => flowMatching({ ...valid, labelDropout: 0.1 }).draw(createRng(0))).toThrow(
      '"labelDropout" expected 0 for a pairing without labels, got 0.1',
    );
    for (const labelDropout of [-0.1, 1.1, NaN]) {
      expect(() => flowMatching({ ...valid, labelDropout })).toThrow('"labelDropout" expected a number in [0, 1]');
    }
  });
});
