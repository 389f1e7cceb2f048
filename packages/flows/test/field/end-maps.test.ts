import { gaussianMap } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { affineImageField, gaussianField, scaledEndField, translatedEndField, type Field } from '../../src/index.js';
import { valuesOf } from './field-values.js';
import { correlatedPair } from './sample-fields.js';

const field = gaussianField(correlatedPair);
const plain: Field = { dim: 2, evaluate: (x, t, out) => field.evaluate(x, t, out) };
const transforms: [string, (field: Field) => Field][] = [
  ['affineImageField', (each) => affineImageField(each, { matrix: [1, 2, 0, 1] })],
  ['translatedEndField', (each) => translatedEndField(each, [1, 2])],
  ['scaledEndField', (each) => scaledEndField(each, 2)],
];

describe.each(transforms)('%s', (_, transform) => {
  it('has Jacobian products where the field has them', () => {
    expect(transform(field).jacobianProduct).toBeTypeOf('function');
    expect(transform(plain)).not.toHaveProperty('jacobianProduct');
    expect(valuesOf(transform(plain), [1, 2], 0.3)).toEqual(valuesOf(transform(field), [1, 2], 0.3));
  });

  it('takes batches of any size after each other, and leaves the points as they were', () => {
    const transformed = transform(field);
    const x = Float64Array.of(1, 2, -3, 0.5);
    const both = valuesOf(transformed, x, 0.3);
    expect(x).toEqual(Float64Array.of(1, 2, -3, 0.5));
    expect(valuesOf(transformed, [-3, 0.5], 0.3)).toEqual(both.slice(2));
    expect(valuesOf(transformed, [], 0.3)).toEqual(new Float64Array(0));
  });

  it('refuses what is no field, and arrays that do not fit', () => {
    expect(() => transform(null as never)).toThrow('"field" expected an object');
    expect(() => transform({ dim: 2 } as never)).toThrow('"field.evaluate" expected a function');
    expect(() => transform({ dim: 0, evaluate: () => undefined })).toThrow('"field.dim"');
    expect(() => transform(field).evaluate(new Float64Array(2), 0, new Float64Array(4))).toThrow('"out"');
    expect(() => transform(field).evaluate(new Float64Array(3), 0, new Float64Array(3))).toThrow(
      '"x" expected rows of 2',
    );
  });
});

describe('affineImageField', () => {
  it('takes the map between Gaussians as ot-core writes it', () => {
    const map = gaussianMap({ mean: [5, 5], covariance: [1, 0, 0, 1] }, { mean: [0, 1], covariance: [4, 1, 1, 2] });
    const [a, b] = [map.matrix, map.from];
    const x = [1, 2];
    const image = [0, 1].map((i) => map.to[i] + a[2 * i] * (x[0] - b[0]) + a[2 * i + 1] * (x[1] - b[1]));
    const [v, w] = valuesOf(field, x, 0.3);
    const expected = [a[0] * v + a[1] * w, a[2] * v + a[3] * w];
    expectAllClose(valuesOf(affineImageField(field, map), image, 0.3), expected, { relative: 1e-12 });
  });

  it('solves systems of any size, whatever the order of their pivots', () => {
    const dim = 12;
    const matrix = fillNormal(createRng('matrix'), new Float64Array(dim * dim));
    matrix[0] = 0;
    const still: Field = { dim, evaluate: (x, _t, out) => out.set(x) };
    const x = fillNormal(createRng('x'), new Float64Array(3 * dim));
    // The field x ↦ x is its own image under every linear map.
    expectAllClose(valuesOf(affineImageField(still, { matrix }), x, 0), x, { relative: 1e-11 });
  });

  it('refuses a matrix that is singular, or no matrix', () => {
    expect(() => affineImageField(field, { matrix: [1, 2, 2, 4] })).toThrow(
      '"map.matrix" expected an invertible matrix',
    );
    expect(() => affineImageField(field, { matrix: [0, 0, 0, 0] })).toThrow(RangeError);
    expect(() => affineImageField(field, { matrix: [1, 0, 0] })).toThrow('"map.matrix" expected length 4, got 3');
    expect(() => affineImageField(field, { matrix: [1, 0, 0, NaN] })).toThrow('"map.matrix[3]"');
    expect(() => affineImageField(field, { matrix: [1, 0, 0, 1], to: [1] })).toThrow(
      '"map.to" expected length 2, got 1',
    );
    expect(() => affineImageField(field, { matrix: [1, 0, 0, 1], shift: [1, 1] } as never)).toThrow('got "shift"');
  });
});

describe('translatedEndField and scaledEndField', () => {
  it('refuse shifts, factors and times that are none', () => {
    expect(() => translatedEndField(field, [1])).toThrow('"shift" expected length 2, got 1');
    expect(() => translatedEndField(field, [1, NaN])).toThrow('"shift[1]"');
    for (const factor of [0, -1, NaN, Infinity]) expect(() => scaledEndField(field, factor)).toThrow('"factor"');
    expect(() => valuesOf(scaledEndField(field, 2), [0, 0], 1.1)).toThrow('"t"');
  });
});
