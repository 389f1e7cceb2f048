import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { axisKernel } from '../../../src/exact/grid/axis-kernel.js';
import { convolutionMoments, logConvolution } from '../../../src/exact/grid/log-convolution.js';
import { relax, Relaxation } from '../../../src/exact/grid/relaxation.js';

const at = Float64Array.of(-1, 0.5, 2);
const from = Float64Array.of(-2, -1, 0, 1, 2);
const x = axisKernel(at, from, 1, 0.8, 0.3);
const y = axisKernel(from, at, 0.7, 1, 0.5);

/** The double sum as it is written. */
function direct(logs: Float64Array, i: number, j: number, value = (_dx: number, _dy: number) => 1): number {
  let sum = 0;
  for (let k = 0; k < 5; k++) {
    for (let l = 0; l < 3; l++) {
      const weight = Math.exp(-((0.8 * from[k] - at[i]) ** 2) / 0.6 - (at[l] - 0.7 * from[j]) ** 2);
      sum += weight * Math.exp(logs[k * 3 + l]) * value(from[k] - at[i], at[l] - from[j]);
    }
  }
  return sum;
}

describe('a sum with a separable kernel', () => {
  it('is the double sum, with its mean displacements', () => {
    const logs = Float64Array.from({ length: 15 }, (_, i) => Math.sin(3 * i) * 4);
    const { logs: sums, shiftX, shiftY } = convolutionMoments(logs, x, y);
    expectAllClose(logConvolution(logs, x, y), sums, { relative: 1e-14 });
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 5; j++) {
        const mass = direct(logs, i, j);
        expectClose(sums[i * 5 + j], Math.log(mass), { absolute: 1e-13 });
        expectClose(shiftX[i * 5 + j], direct(logs, i, j, (dx) => dx) / mass, { absolute: 1e-13 });
        expectClose(shiftY[i * 5 + j], direct(logs, i, j, (_, dy) => dy) / mass, { absolute: 1e-13 });
      }
    }
  });

  it('takes logarithms far beyond the range of exponentials', () => {
    const logs = Float64Array.from({ length: 15 }, (_, i) => 2000 * (i % 3) - 5000 * Math.floor(i / 3));
    const low = logConvolution(logs, x, y);
    const shifted = logConvolution(
      logs.map((each) => each + 1e5),
      x,
      y,
    );
    expectAllClose(
      shifted,
      low.map((each) => each + 1e5),
      { relative: 1e-14 },
    );
    // The largest exponent of a node and of the kernel at it decide, up to e^-1000 of the others.
    const top = Math.max(...[...logs].map((each, e) => each - (0.8 * from[Math.floor(e / 3)] + 1) ** 2 / 0.6));
    expect(Math.abs(low[0] - top)).toBeLessThan(100);
  });

  it('is −Infinity where there is no mass', () => {
    const logs = new Float64Array(15).fill(-Infinity);
    expect([...logConvolution(logs, x, y)].every((each) => each === -Infinity)).toBe(true);
    expect([...convolutionMoments(logs, x, y).shiftX].every((each) => each === 0)).toBe(true);
  });
});

describe('over-relaxation', () => {
  it('finds the best factor from the rate of plain steps', () => {
    const relaxation = new Relaxation();
    for (let k = 0; k < 4; k++) relaxation.observe(0.96 ** k);
    expectClose(relaxation.omega, 2 / (1 + Math.sqrt(0.04)), { relative: 1e-9 });
  });

  it('is given up for good where errors run away', () => {
    const relaxation = new Relaxation();
    for (let k = 0; k < 4; k++) relaxation.observe(0.96 ** k);
    relaxation.observe(1e6);
    expect(relaxation.omega).toBe(1);
    for (let k = 0; k < 9; k++) relaxation.observe(0.96 ** k);
    expect(relaxation.omega).toBe(1);
  });

  it('keeps what has no mass without mass', () => {
    const mixed = relax(Float64Array.of(1, -Infinity, 2), Float64Array.of(2, 3, -Infinity), 1.5);
    expect([...mixed]).toEqual([2.5, 3, -Infinity]);
  });
});
