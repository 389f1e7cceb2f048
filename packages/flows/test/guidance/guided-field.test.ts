import { expectAllClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guidedField, type Field } from '../../src/index.js';

/** x ↦ factor·x + t, and its Jacobian. */
function affine(factor: number): Required<Field> & { evaluations: number } {
  const field = {
    dim: 2,
    evaluations: 0,
    evaluate(x: Float64Array, t: number, out: Float64Array) {
      field.evaluations++;
      x.forEach((each, j) => (out[j] = factor * each + t));
    },
    jacobianProduct(_: Float64Array, __: number, u: Float64Array, out: Float64Array) {
      u.forEach((each, j) => (out[j] = factor * each));
    },
  };
  return field;
}

const x = Float64Array.of(1, -2, 0.5, 3);

describe('guidedField', () => {
  it('is u + weight·(c − u), and so is its Jacobian', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weight, t) => {
          const guided = guidedField(affine(3), affine(-1), { weight });
          const out = new Float64Array(4);
          guided.evaluate(x, t, out);
          const expected = x.map((each) => (3 * weight - (1 - weight)) * each + t);
          expectAllClose(out, expected, { absolute: 1e-13 });
          guided.jacobianProduct!(x, t, x, out);
          const product = x.map((each) => (3 * weight - (1 - weight)) * each);
          expectAllClose(out, product, { absolute: 1e-13 });
        },
      ),
    );
  });

  it('is one of the fields at a weight of 0 or 1, and does not ask the other', () => {
    for (const weight of [0, 1]) {
      const [conditional, unconditional] = [affine(0.1), affine(0.7)];
      const [out, expected] = [new Float64Array(4), new Float64Array(4)];
      guidedField(conditional, unconditional, { weight }).evaluate(x, 0.3, out);
      expect([conditional.evaluations, unconditional.evaluations]).toEqual([weight, 1 - weight]);
      affine(weight ? 0.1 : 0.7).evaluate(x, 0.3, expected);
      expect(out).toEqual(expected);
    }
  });

  it('serves batches of changing size', () => {
    const guided = guidedField(affine(3), affine(1), { weight: 2 });
    for (const count of [1, 3, 2]) {
      const out = new Float64Array(2 * count);
      guided.evaluate(new Float64Array(2 * count).fill(1), 0, out);
      expect(out).toEqual(new Float64Array(2 * count).fill(5));
    }
  });

  it('has Jacobian products only where both fields have them', () => {
    const { dim, evaluate } = affine(1);
    expect(guidedField(affine(1), { dim, evaluate }, { weight: 2 })).not.toHaveProperty('jacobianProduct');
    expect(guidedField({ dim, evaluate }, affine(1), { weight: 2 })).not.toHaveProperty('jacobianProduct');
  });

  it('refuses what is no field, other dimensions, and weights that are not finite', () => {
    const field = affine(1);
    expect(() => guidedField(undefined as never, field, { weight: 1 })).toThrow('"conditional" expected an object');
    expect(() => guidedField(field, { dim: 2 } as Field, { weight: 1 })).toThrow('"unconditional.evaluate"');
    expect(() => guidedField(field, { ...field, dim: 3 }, { weight: 1 })).toThrow(
      '"unconditional.dim" expected 2, as in "conditional", got 3',
    );
    expect(() => guidedField(field, field, { weight: NaN })).toThrow('"weight" expected a finite number, got NaN');
    expect(() => guidedField(field, field, undefined as never)).toThrow('"weight"');
    expect(() => guidedField(field, field, { weight: 1, scale: 2 } as never)).toThrow('got "scale"');
  });
});
