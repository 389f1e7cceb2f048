/**
 * Velocity, score and log density of a {@link MixtureLaw} as fields, with exact Jacobian products. With posterior weights r_k, velocities
 * w_k and scores s_k of the components, v = Σ r_k w_k and s = Σ r_k s_k; since ∇r_k = r_k (s_k − s),
 * (∂v/∂x)u = Σ r_k (K_k u + (w_k − v)⟨s_k − s, u⟩), and likewise for s with −Σ_t⁻¹ in place of K.
 */
import { checkBatch, checkPerPoint } from './check-batch.js';
import type { ClosedFormField } from './field.js';
import { solveRoot, solveTransposedRoot, type GaussianShape } from './gaussian-shape.js';
import type { MixtureLaw } from './mixture-law.js';

/** Overwrites a vector with its image under a matrix of a component. */
type ShapeMap = (shape: GaussianShape, vector: Float64Array) => void;

/** The fields of a mixture. */
export function mixtureFields(law: MixtureLaw): ClosedFormField {
  const { dim, size, posterior, scores, velocities } = law;
  const [mean, score, image] = [new Float64Array(dim), new Float64Array(dim), new Float64Array(dim)];

  /** Σ r_k vectors_k into `out`. */
  function average(vectors: Float64Array, out: Float64Array, first: number): void {
    for (let i = 0; i < dim; i++) {
      let sum = 0;
      for (let k = 0; k < size; k++) if (posterior[k] !== 0) sum += posterior[k] * vectors[k * dim + i];
      out[first + i] = sum;
    }
  }

  function evaluateWith(vectors: Float64Array, x: Float64Array, t: number, out: Float64Array): void {
    checkBatch(dim, x, out);
    law.moveTo(t);
    for (let first = 0; first < x.length; first += dim) {
      law.lookAt(x, first);
      average(vectors, out, first);
    }
  }

  function productWith(
    vectors: Float64Array,
    apply: ShapeMap,
    x: Float64Array,
    t: number,
    u: Float64Array,
    out: Float64Array,
  ): void {
    checkBatch(dim, x, out, u);
    law.moveTo(t);
    for (let first = 0; first < x.length; first += dim) {
      law.lookAt(x, first);
      average(vectors, mean, 0);
      average(scores, score, 0);
      for (let i = 0; i < dim; i++) out[first + i] = 0;
      for (let k = 0; k < size; k++) if (posterior[k] !== 0) addComponent(k, vectors, apply, u, first, out);
    }
  }

  function addComponent(
    k: number,
    vectors: Float64Array,
    apply: ShapeMap,
    u: Float64Array,
    first: number,
    out: Float64Array,
  ): void {
    let slope = 0;
    for (let i = 0; i < dim; i++) {
      image[i] = u[first + i];
      slope += (scores[k * dim + i] - score[i]) * image[i];
    }
    apply(law.shapeOf(k), image);
    for (let i = 0; i < dim; i++) {
      out[first + i] += posterior[k] * (image[i] + (vectors[k * dim + i] - mean[i]) * slope);
    }
  }

  const product = new Float64Array(dim);
  const applyGain: ShapeMap = ({ gain }, vector) => {
    for (let i = 0; i < dim; i++) {
      product[i] = 0;
      for (let j = 0; j < dim; j++) product[i] += gain[i * dim + j] * vector[j];
    }
    vector.set(product);
  };
  const applyPrecision: ShapeMap = ({ root }, vector) => {
    solveTransposedRoot(root, vector, 0, dim);
    solveRoot(root, vector, 0, dim);
    for (let i = 0; i < dim; i++) vector[i] = -vector[i];
  };

  return {
    dim,
    evaluate: (x, t, out) => evaluateWith(velocities, x, t, out),
    jacobianProduct: (x, t, u, out) => productWith(velocities, applyGain, x, t, u, out),
    score: {
      dim,
      evaluate: (x, t, out) => evaluateWith(scores, x, t, out),
      jacobianProduct: (x, t, u, out) => productWith(scores, applyPrecision, x, t, u, out),
    },
    logDensity(x, t, out) {
      checkPerPoint(dim, x, out);
      law.moveTo(t);
      for (let i = 0; i < out.length; i++) out[i] = law.lookAt(x, i * dim);
    },
  };
}
