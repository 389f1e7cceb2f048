import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { addToWeightAverage, createWeightAverage, readWeightAverage } from '../../src/optimizer/weight-average.js';

describe('the running mean of the parameters', () => {
  it('is the geometrically weighted mean of all that it took in', () => {
    const decay = 0.8;
    const path = [Float32Array.of(1, 5), Float32Array.of(2, -5), Float32Array.of(4, 0)];
    const average = createWeightAverage(2);
    for (const parameters of path) addToWeightAverage(average, decay, parameters);
    const weights = [0.64, 0.8, 1]; // decay², decay, 1
    const expected = [0, 1].map(
      (i) => path.reduce((sum, p, k) => sum + weights[k] * p[i], 0) / weights.reduce((sum, w) => sum + w),
    );
    expectAllClose(readWeightAverage(average, path[2]), expected, { relative: 3e-7 }); // float32 sums
  });

  it('is the only vector that it took in, whatever the decay', () => {
    const average = createWeightAverage(1);
    addToWeightAverage(average, 0.9999, Float32Array.of(3));
    expectAllClose(readWeightAverage(average, Float32Array.of(0)), [3], { relative: 1e-7 }); // one rounding to float32
  });

  it('is a copy of the parameters while it took in none', () => {
    const parameters = Float32Array.of(1, 2);
    const mean = readWeightAverage(createWeightAverage(2), parameters);
    expect(mean).toEqual(parameters);
    expect(mean).not.toBe(parameters);
  });
});
