import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../src/index.js';

// Origin: mpmath with 60 digits, -√2 erfcinv(2 p) by bisection of erfc; see fixtures/quantiles.py.
const QUANTILES: [p: number, z: number][] = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [5.551115123125783e-17, -8.292361075813595],
  [1e-12, -7.034483825301132],
  [1.5e-11, -6.646570887477113],
  [1e-8, -5.612001244174789],
  [0.0001, -3.7190164854556804],
  [0.01, -2.326347874040841],
  [0.05, -1.6448536269514726],
  [0.0749, -1.4402382675279637],
  [0.0751, -1.43882539275254],
  [0.2, -0.8416212335729142],
  [0.4, -0.2533471031357997],
  [0.499999, -2.5066282745665593e-6],
  [0.5000001, 2.506628273311648e-7],
  [0.7, 0.5244005127080407],
  [0.975, 1.9599639845400538],
  [0.9999, 3.7190164854557084],
];

describe('normalQuantile', () => {
  it.each(QUANTILES)('at %d is %d to a relative error of 2e-15', (p, z) => {
    // Three rational approximations of error 1e-16, evaluated with about 16 rounded operations.
    expect(Math.abs(normalQuantile(p) / z - 1)).toBeLessThan(2e-15);
  });

  it('is 0 at one half and infinite at the ends', () => {
    expect([normalQuantile(0.5), normalQuantile(0), normalQuantile(1)]).toEqual([0, -Infinity, Infinity]);
  });

  it('is antisymmetric where 1 - p is exact', () => {
    for (let k = 1; k < 64; k++) expect(normalQuantile(k / 64)).toBe(-normalQuantile(1 - k / 64) + 0);
  });

  it('is monotone over the seams between its approximations', () => {
    for (const seam of [0.075, 0.925, 1.388794386496402e-11]) {
      for (const step of [1e-15, 1e-12, 1e-9]) {
        expect(normalQuantile(seam * (1 - step))).toBeLessThanOrEqual(normalQuantile(seam) + 1e-15);
        expect(normalQuantile(seam)).toBeLessThanOrEqual(normalQuantile(seam * (1 + step)) + 1e-15);
      }
    }
  });

  it('refuses what is not a probability', () => {
    expect(() => normalQuantile(-0.1)).toThrow('"p" expected a number in [0, 1], got -0.1');
    expect(() => normalQuantile(NaN)).toThrow(RangeError);
    expect(() => normalQuantile(undefined as never)).toThrow(TypeError);
  });
});
