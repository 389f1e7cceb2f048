/**
 * The Dormand–Prince pair of orders 5 and 4, also known as DOPRI5, dopri5, RK45 and ode45.
 *
 * J. R. Dormand, P. J. Prince, A family of embedded Runge–Kutta formulae, J. Comput. Appl. Math. 6 (1980), table 2. The
 * continuous extension of order 4 is the one of Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I,
 * chapter II.6, equation (6.12), as their code DOPRI5 evaluates it. Seven stages, the last one shared with the next
 * step ("first same as last"), so six evaluations per accepted step. It fails by step-size underflow at
 * discontinuities and wastes steps on stiff fields.
 */
import { checkInteger, checkNonNegative, checkOptions, checkPositive } from '@brenier/errors';
import type { AdaptiveMethod, ButcherTableau } from './tableau.js';

/** Options of {@link dormandPrince}. */
export interface DormandPrinceOptions {
  /** Error allowed per step and coordinate, in units of x, > 0; default 1e-6. */
  readonly absoluteTolerance?: number;
  /** Error allowed per step and coordinate, as a fraction of |x|, >= 0; default 1e-6. */
  readonly relativeTolerance?: number;
  /** Length of the first step tried, > 0; chosen from the field by one extra evaluation where absent. */
  readonly firstStep?: number;
  /** Steps tried, rejected ones included, before the status becomes `'max-steps'`; default 10000. */
  readonly maxSteps?: number;
}

const tableau: ButcherTableau = {
  nodes: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  stages: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  weights: [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84, 0],
};
const errorWeights = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
const denseCorrection = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];

/**
 * The Dormand–Prince method: order 5, steps chosen by the error of an embedded method of order 4.
 *
 * Six evaluations per accepted step. The tolerances bound the estimated error of each step at its worst coordinate,
 * over the whole batch: a single fast point shortens the steps of all. A float32 net cannot honour tolerances below
 * about 1e-6.
 *
 * @param options - tolerances and limits
 * @returns the method, for {@link integrate}
 * @throws RangeError where `absoluteTolerance` is not above 0, `relativeTolerance` is negative, or a limit is not
 *   positive
 *
 * @example
 * A whole turn of the unit circle ends where it began.
 * ```ts
 * import { dormandPrince, integrate } from '@brenier/samplers';
 *
 * const rotation = {
 *   dim: 2,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     out[0] = -2 * Math.PI * x[1];
 *     out[1] = 2 * Math.PI * x[0];
 *   },
 * };
 * const method = dormandPrince({ relativeTolerance: 1e-10, absoluteTolerance: 1e-10 });
 * const { final, status } = integrate(rotation, [1, 0], { method });
 * status; // => 'finished'
 * Math.abs(final[0] - 1) + Math.abs(final[1]) < 1e-7; // => true
 * ```
 */
export function dormandPrince(options?: DormandPrinceOptions): AdaptiveMethod {
  const {
    absoluteTolerance = 1e-6,
    relativeTolerance = 1e-6,
    firstStep,
    maxSteps = 10_000,
  } = checkOptions('options', options, ['absoluteTolerance', 'relativeTolerance', 'firstStep', 'maxSteps']);
  return {
    kind: 'adaptive',
    name: 'dormand-prince',
    order: 5,
    tableau,
    errorWeights,
    denseWeights,
    absoluteTolerance: checkPositive('absoluteTolerance', absoluteTolerance),
    relativeTolerance: checkNonNegative('relativeTolerance', relativeTolerance),
    ...(firstStep === undefined ? {} : { firstStep: checkPositive('firstStep', firstStep) }),
    maxSteps: checkInteger('maxSteps', maxSteps, 1),
  };
}

/**
 * The cubic Hermite interpolant, with exact values and slopes at both ends, plus a bubble θ²(1−θ)² that lifts the order
 * to 4.
 */
function denseWeights(theta: number, out: Float64Array): void {
  const rest = 1 - theta;
  for (let i = 0; i < 7; i++) {
    const b = tableau.weights[i];
    const first = i === 0 ? 1 : 0;
    const last = i === 6 ? 1 : 0;
    const outer = 2 * b - first - last + rest * denseCorrection[i];
    out[i] = theta * (b + rest * (first - b + theta * outer));
  }
}
