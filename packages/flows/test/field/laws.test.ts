import { centralDifferences, expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { differencedJacobian, jacobianOf, logDensityAt, valuesOf } from './field-values.js';
import { sampleFields } from './sample-fields.js';

const places = [-0.9, 0.4, 1.3];
const times = [0.1, 0.5, 0.85];
const pointsFor = (dim: number) => places.map((place) => Array.from({ length: dim }, (_, k) => place + 0.3 * k));

describe.each(sampleFields)('the closed form of %s', (_, field) => {
  const everywhere = (check: (x: number[], t: number) => void) => {
    for (const x of pointsFor(field.dim)) for (const t of times) check(x, t);
  };

  it('solves the continuity equation ∂_t log p + ⟨v, ∇log p⟩ + div v = 0', () => {
    everywhere((x, t) => {
      const change = centralDifferences(([s]) => logDensityAt(field, x, s), Float64Array.of(t))[0];
      const [v, score, jacobian] = [valuesOf(field, x, t), valuesOf(field.score, x, t), jacobianOf(field, x, t)];
      const along = v.reduce((sum, each, k) => sum + each * score[k], 0);
      const divergence = v.reduce((sum, __, k) => sum + jacobian[k * field.dim + k], 0);
      // Differences of step 1e-5 err by about 1e-10 times third derivatives, which reach a thousand beside narrow components.
      expectClose(change + along + divergence, 0, { absolute: 1e-6 * (1 + Math.abs(change)) });
    });
  });

  it('has the gradient of its log density for a score', () => {
    everywhere((x, t) => {
      const gradient = centralDifferences((point) => logDensityAt(field, point, t), Float64Array.from(x));
      expectAllClose(valuesOf(field.score, x, t), gradient, { relative: 1e-7, absolute: 1e-7 });
    });
  });

  it('has exact Jacobian products, of the velocity and of the score', () => {
    everywhere((x, t) => {
      for (const each of [field, field.score]) {
        expectAllClose(jacobianOf(each, x, t), differencedJacobian(each, x, t), { relative: 1e-7, absolute: 1e-7 });
      }
    });
  });

  it('gives a point the same bits in every batch', () => {
    const x = pointsFor(field.dim).flat();
    const many = Array.from({ length: 40 }, () => x).flat();
    for (const t of times) {
      const alone = places.flatMap((_place, i) => [...valuesOf(field, x.slice(i * field.dim, (i + 1) * field.dim), t)]);
      const together = valuesOf(field, many, t);
      expect(together).toEqual(Float64Array.from({ length: many.length }, (__, at) => alone[at % alone.length]));
    }
  });

  it('answers NaN with NaN, and takes an empty batch', () => {
    expect(valuesOf(field, new Array(field.dim).fill(NaN), 0.5).every(Number.isNaN)).toBe(true);
    expect(valuesOf(field, [], 0.5)).toEqual(new Float64Array(0));
  });

  it('refuses arrays that do not fit, and times outside [0, 1]', () => {
    const room = new Float64Array(field.dim);
    expect(() => field.evaluate(new Float64Array(field.dim), 0.5, new Float64Array(field.dim + 1))).toThrow('"out"');
    expect(() => field.evaluate(new Float32Array(field.dim) as never, 0.5, room)).toThrow(TypeError);
    expect(() => field.score.jacobianProduct(room, 0.5, new Float64Array(0), room)).toThrow('"u"');
    expect(() => field.logDensity(room, 0.5, new Float64Array(0))).toThrow('"out"');
    expect(() => field.evaluate(room, 1.5, new Float64Array(field.dim))).toThrow('"t"');
  });
});
