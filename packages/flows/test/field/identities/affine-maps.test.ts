import { expectAllClose } from '@brenier/testing';
import { describe, it } from 'vitest';
import {
  affineImageField,
  gaussianMixtureField,
  scaledEndField,
  translatedEndField,
  type DifferentiableField,
  type JointComponent,
} from '../../../src/index.js';
import { jacobianOf, valuesOf } from '../field-values.js';
import { apply, multiply, planeIdentity, transpose, type PlaneMatrix } from '../plane-matrices.js';

// A coupling without symmetry; its images under affine maps are mixtures of joint Gaussians again, with moments that follow.
const components: JointComponent[] = [
  {
    weight: 1,
    mean0: [0, 1],
    mean1: [3, -1],
    covariance0: [2, 0.5, 0.5, 1],
    covariance1: [1, -0.3, -0.3, 2],
    crossCovariance: [0.2, 0.1, -0.4, 0.3],
  },
  { weight: 2, mean0: [-2, 0], mean1: [0, 2], covariance0: 0.5, covariance1: 0.25, crossCovariance: 0.3 },
];
const points = [0.3, -0.7, 2, 1.5, -3, 0.1];

/** The covariance of (S₀X₀, S₁X₁), and (S₀m₀ + b₀, S₁m₁ + b₁), for every component. */
function mapEnds(start: PlaneMatrix, end: PlaneMatrix, b0: number[], b1: number[]): JointComponent[] {
  const plus = (x: number[], y: number[]) => x.map((each, k) => each + y[k]);
  const between = (left: PlaneMatrix, covariance: PlaneMatrix | number, right: PlaneMatrix) => {
    const matrix = typeof covariance === 'number' ? [covariance, 0, 0, covariance] : covariance;
    return multiply(multiply(left, matrix), transpose(right));
  };
  return components.map(({ weight, mean0, mean1, covariance0, covariance1, crossCovariance }) => ({
    weight,
    mean0: plus(apply(start, mean0), b0),
    mean1: plus(apply(end, mean1), b1),
    covariance0: between(start, covariance0, start),
    covariance1: between(end, covariance1, end),
    crossCovariance: between(start, crossCovariance!, end),
  }));
}

/** The transformed field has to be the field of the transformed coupling, Jacobian included. */
function expectSameField(transformed: unknown, coupling: JointComponent[]): void {
  const expected = gaussianMixtureField(coupling);
  for (const t of [0, 0.2, 0.5, 0.9, 1]) {
    // Two routes to one number, each of a few dozen operations.
    expectAllClose(valuesOf(transformed as DifferentiableField, points, t), valuesOf(expected, points, t), {
      relative: 1e-12,
    });
    const jacobian = jacobianOf(transformed as DifferentiableField, [0.3, -0.7], t);
    expectAllClose(jacobian, jacobianOf(expected, [0.3, -0.7], t), { relative: 1e-12 });
  }
}

const field = gaussianMixtureField(components);

describe('the velocity E[X₁ − X₀ | X_t = x] of the linear interpolant', () => {
  it('is A v_t(A⁻¹(x − b)) for the pair (A X₀ + b, A X₁ + b)', () => {
    const matrix = [1, 2, -0.5, 1.5];
    const to = [4, -3];
    expectSameField(affineImageField(field, { matrix, to }), mapEnds(matrix, matrix, to, to));
  });

  it('is v_t(x − t b) + b for the pair (X₀, X₁ + b)', () => {
    const b = [2, -5];
    expectSameField(translatedEndField(field, b), mapEnds(planeIdentity, planeIdentity, [0, 0], b));
  });

  it('is c/(1−t+tc)·v_r(x/(1−t+tc)) + (c−1)/(1−t+tc)·x with r = tc/(1−t+tc) for the pair (X₀, c X₁)', () => {
    for (const c of [0.01, 0.5, 1, 3, 100]) {
      expectSameField(scaledEndField(field, c), mapEnds(planeIdentity, [c, 0, 0, c], [0, 0], [0, 0]));
    }
  });
});
