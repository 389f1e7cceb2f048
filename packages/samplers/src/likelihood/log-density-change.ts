/**
 * The instantaneous change of variables: along x' = v(x, t), d/dt log p_t(x(t)) = −div v(x(t), t). R. T. Q. Chen, Y. Rubanova,
 * J. Bettencourt, D. Duvenaud, Neural ordinary differential equations, NeurIPS 2018, theorem 1. Point and integral are one
 * state, so an adaptive method controls the error of both.
 */
import { checkFinite, checkFunction, checkPositive, type NumericArray } from '@brenier/errors';
import type { ArrayField } from '../field.js';
import { checkWritten, writingField } from '../fields/writing-field.js';
import { startIntegration } from '../integrate.js';
import type { IntegrateOptions } from '../integration/plan.js';
import type { Integration, IntegrationResult, WatchOptions } from '../integration/result.js';
import { checkBatch } from '../state/array-algebra.js';
import { augmentedField, copyColumns } from './augmented-field.js';
import type { Divergence } from './divergence.js';
import { DIFFERENCE_STEP, jacobianProductOf, type JacobianProduct } from './jacobian-product.js';

/** log 2π. */
const LOG_TWO_PI = 1.8378770664093456;

/** Writes log p of points [count, dim] into `out`, shape [count]; a TypeError where it returns anything but `undefined` or `out`. */
export type LogDensity = (points: Float64Array, out: Float64Array) => void;

/** Options of {@link logLikelihood} and {@link startLogLikelihood}. */
export interface LogLikelihoodOptions extends WatchOptions {
  /** How to step: a method with fixed steps and `numSteps`, or `dormandPrince()`. */
  readonly method: IntegrateOptions['method'];
  /** Number of equal steps, for methods with fixed steps. */
  readonly numSteps?: number;
  /** Time of the base density; default 0. */
  readonly from?: number;
  /** Time of `x`; default 1. */
  readonly to?: number;
  /** The logarithm of the base density, at time `from`. Default: that of the standard normal distribution. */
  readonly baseLogDensity?: LogDensity;
  /**
   * For fields without `jacobianProduct`: the step of central differences for points within [−1, 1], in units of x, > 0; it grows
   * with the cube root of |x|. Default 2^-17, for fields computed in float64; about 2^-8 for float32.
   */
  readonly differenceStep?: number;
}

/** Names of {@link LogLikelihoodOptions}. */
export const logLikelihoodOptions = [
  'method',
  'numSteps',
  'from',
  'to',
  'baseLogDensity',
  'differenceStep',
  'signal',
  'onProgress',
] as const;

/** Points on their way back along the flow. */
export interface FlowBackIntegration {
  /** Points and integrals under way, one row each. */
  readonly integration: Integration<Float64Array>;
  /** What is known so far; complete where the status is `'finished'`. */
  result(): FlowBack;
}

/** Where the points came from, and what the flow did to their density. */
export interface FlowBack {
  /** The base log density at `source`, shape [count]. */
  readonly base: Float64Array;
  /** The points at time `from`, shape [count, dim]. */
  readonly source: Float64Array;
  /** −∫ div v dt, shape [count, columns]. */
  readonly change: Float64Array;
  /** Jacobian products asked for, each on the whole batch; 0 where differences stand in. */
  readonly numProducts: number;
  /** How the integration went; evaluations for differences are in `nfe`. */
  readonly outcome: Pick<IntegrationResult<unknown>, 'status' | 't' | 'nfe' | 'numSteps' | 'numRejected'>;
}

/** Starts to follow points back along the flow, with their divergence made by `makeDivergence`. */
export function startFlowBack(
  field: ArrayField,
  points: NumericArray,
  options: LogLikelihoodOptions,
  makeDivergence: (product: JacobianProduct, count: number, dim: number) => Divergence,
): FlowBackIntegration {
  const x = checkBatch('field', field, 'x', points);
  const { dim } = field;
  const count = x.length / dim;
  if (field.jacobianProduct !== undefined) checkFunction('field.jacobianProduct', field.jacobianProduct);
  const { method, numSteps, from = 0, to = 1, baseLogDensity = standardNormal(dim), signal, onProgress } = options;
  const { differenceStep = DIFFERENCE_STEP } = options;
  checkFinite('from', from);
  checkFinite('to', to);
  if (from === to) throw new RangeError(`"to" expected a time other than "from", got ${to}`);
  checkFunction('baseLogDensity', baseLogDensity);
  checkPositive('differenceStep', differenceStep);
  const counted = countedField(writingField('field', field));
  const divergence = makeDivergence(jacobianProductOf(counted.field, x.length, differenceStep), count, dim);
  const { columns } = divergence;
  const augmented = augmentedField(counted.field, divergence, count);
  const width = dim + columns;
  const start = new Float64Array(count * width);
  copyColumns(x, dim, start, width, dim);
  const times = { from: to, to: from, ...(numSteps !== undefined && { numSteps }) };
  const watch = { ...(signal !== undefined && { signal }), ...(onProgress !== undefined && { onProgress }) };
  const integration = startIntegration(augmented, start, { method, ...times, ...watch });
  return {
    integration,
    result() {
      const { final, ...outcome } = integration.result();
      const source = new Float64Array(x.length);
      const change = new Float64Array(count * columns);
      copyColumns(final, width, source, dim, dim);
      copyColumns(final.subarray(dim), width, change, columns, columns);
      const base = new Float64Array(count);
      checkWritten('baseLogDensity(points, out)', 'out', base, baseLogDensity(source, base));
      const { nfe, products } = counted.calls;
      return { base, source, change, numProducts: products, outcome: { ...outcome, nfe } };
    },
  };
}

/** The same field with its calls counted. */
function countedField(field: ArrayField): { field: ArrayField; calls: { nfe: number; products: number } } {
  const calls = { nfe: 0, products: 0 };
  return {
    calls,
    field: {
      dim: field.dim,
      evaluate(x, t, out) {
        calls.nfe++;
        field.evaluate(x, t, out);
      },
      ...(field.jacobianProduct && {
        jacobianProduct(x: Float64Array, t: number, u: Float64Array, out: Float64Array) {
          calls.products++;
          field.jacobianProduct!(x, t, u, out);
        },
      }),
    },
  };
}

function standardNormal(dim: number): LogDensity {
  return (points, out) => {
    for (let i = 0; i < out.length; i++) {
      let square = 0;
      for (let j = i * dim; j < (i + 1) * dim; j++) square += points[j] * points[j];
      out[i] = -0.5 * (square + dim * LOG_TWO_PI);
    }
  };
}
