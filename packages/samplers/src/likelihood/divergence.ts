/**
 * The divergence of a field at every point of a batch: exactly, as the trace of the Jacobian, d products with unit vectors; or
 * estimated, as εᵀ(∂v/∂x)ε for random ε with mean 0 and covariance I: M. F. Hutchinson, A stochastic estimator of the trace of the
 * influence matrix, Commun. Stat. Simul. Comput. 19 (1990). One product per probe, whatever the dimension; the variance is
 * 2(‖S‖² − Σ S_jj²) for signs and 2‖S‖² for normal numbers, S the symmetric part of the Jacobian.
 */
import { fillNormal, type Rng } from '@brenier/random';
import type { JacobianProduct } from './jacobian-product.js';

/** Divergences of one batch shape. */
export interface Divergence {
  /** Numbers per point: 1, or one per probe. */
  readonly columns: number;
  /** Writes the divergences at the points `x`; column c of point i goes to out[i · stride + c]. */
  write(x: Float64Array, t: number, out: Float64Array, stride: number): void;
}

/** How the entries of a probe are drawn. */
export type ProbeLaw = 'rademacher' | 'normal';

/** The trace of the Jacobian. */
export function exactDivergence(product: JacobianProduct, count: number, dim: number): Divergence {
  const unit = new Float64Array(count * dim);
  const image = new Float64Array(count * dim);
  return {
    columns: 1,
    write(x, t, out, stride) {
      for (let i = 0; i < count; i++) out[i * stride] = 0;
      for (let j = 0; j < dim; j++) {
        for (let i = 0; i < count; i++) unit[i * dim + j] = 1;
        product(x, t, unit, image);
        for (let i = 0; i < count; i++) {
          out[i * stride] += image[i * dim + j];
          unit[i * dim + j] = 0;
        }
      }
    },
  };
}

/** Estimates by probes that stay the same for all times, so that each estimate is a smooth function that an integrator can follow. */
export function probedDivergence(product: JacobianProduct, probes: readonly Float64Array[], dim: number): Divergence {
  const image = new Float64Array(probes[0].length);
  return {
    columns: probes.length,
    write(x, t, out, stride) {
      probes.forEach((probe, c) => {
        product(x, t, probe, image);
        for (let i = 0; i * dim < probe.length; i++) {
          let sum = 0;
          for (let j = i * dim; j < (i + 1) * dim; j++) sum += probe[j] * image[j];
          out[i * stride + c] = sum;
        }
      });
    },
  };
}

/** One vector per point, row-major; probe c draws from `rng.fork(c)`. */
export function drawProbes(rng: Rng, law: ProbeLaw, probes: number, length: number): Float64Array[] {
  return Array.from({ length: probes }, (_, c) => {
    const stream = rng.fork(c);
    const probe = new Float64Array(length);
    return law === 'normal' ? fillNormal(stream, probe) : probe.map(() => (stream.uint32() & 1 ? 1 : -1));
  });
}
