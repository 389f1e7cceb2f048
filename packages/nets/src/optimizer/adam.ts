// Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1) and AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2), in
// PyTorch's form: ε is added after the bias correction, and the decay of AdamW is multiplied by the learning rate. About 5 ns a
// parameter. Stored in float32, computed in float64.
import { checkNonNegative, checkOptions, checkPositive, checkWithin } from '@brenier/errors';
import type { AdamRule, Optimizer } from './optimizer.js';

/** Options of {@link adam} and {@link adamW}. */
export interface AdamOptions {
  /** Step size. Default 1e-3. */
  readonly learningRate?: number;
  /** Decay of the running mean of the gradient, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of the running mean of its square, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the mean square. Default 1e-8. */
  readonly epsilon?: number;
  /**
   * Pull towards zero. Default 0 in {@link adam}, where it is added to the gradient as weightDecay · parameter; default 0.01 in
   * {@link adamW}, where the parameter shrinks by learningRate · weightDecay of itself before the step.
   */
  readonly weightDecay?: number;
}

/**
 * Adam: steps along the running mean of the gradient, each coordinate scaled by the root of its running mean square.
 *
 * @param options - the settings; the defaults are PyTorch's
 * @returns the optimizer
 * @throws TypeError or RangeError for an option of the wrong kind or value
 *
 * @example
 * The first step has the length of the learning rate in every coordinate, whatever the gradient.
 * ```ts
 * import { adam } from '@brenier/nets';
 *
 * const optimizer = adam({ learningRate: 0.5, epsilon: 1e-12 });
 * const parameters = Float32Array.of(1, 2);
 * optimizer.update(optimizer.init(2), parameters, Float32Array.of(4, -0.25));
 * [...parameters]; // => [0.5, 2.5]
 * ```
 */
export function adam(options?: AdamOptions): Optimizer {
  return adamRule('adam', checkAdamOptions(options, 0));
}

/**
 * AdamW: Adam with the weight decay kept out of the running means.
 *
 * @param options - the settings; the defaults are PyTorch's
 * @returns the optimizer
 * @throws TypeError or RangeError for an option of the wrong kind or value
 *
 * @example
 * With a gradient of zero only the decay acts.
 * ```ts
 * import { adamW } from '@brenier/nets';
 *
 * const optimizer = adamW({ learningRate: 0.5, weightDecay: 0.5 });
 * const parameters = Float32Array.of(4);
 * optimizer.update(optimizer.init(1), parameters, Float32Array.of(0));
 * [...parameters]; // => [3]
 * ```
 */
export function adamW(options?: AdamOptions): Optimizer {
  return adamRule('adamW', checkAdamOptions(options, 0.01));
}

function checkAdamOptions(options: AdamOptions | undefined, defaultDecay: number): Required<AdamOptions> {
  const given = checkOptions('options', options, ['learningRate', 'beta1', 'beta2', 'epsilon', 'weightDecay']);
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = defaultDecay } = given;
  return {
    learningRate: checkNonNegative('learningRate', learningRate),
    beta1: checkWithin('beta1', beta1, 0, 1 - Number.EPSILON),
    beta2: checkWithin('beta2', beta2, 0, 1 - Number.EPSILON),
    epsilon: checkPositive('epsilon', epsilon),
    weightDecay: checkNonNegative('weightDecay', weightDecay),
  };
}

function adamRule(kind: AdamRule['kind'], settings: Required<AdamOptions>): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = settings;
  const pull = kind === 'adam' ? weightDecay : 0;
  const rule: AdamRule = { kind, ...settings };
  return {
    name: `${kind} ${JSON.stringify(settings)}`,
    rule,
    init: (count) => ({ step: 0, moments: [new Float32Array(count), new Float32Array(count)] }),
    update(state, parameters, gradient, rateFactor = 1) {
      state.step++;
      const [means, squares] = state.moments as [Float32Array, Float32Array];
      const { rate, shrink, rootScale } = adamStep(rule, state.step, rateFactor);
      for (let i = 0; i < parameters.length; i++) {
        const p = parameters[i];
        const g = gradient[i] + pull * p;
        const mean = beta1 * means[i] + (1 - beta1) * g;
        const square = beta2 * squares[i] + (1 - beta2) * g * g;
        means[i] = mean;
        squares[i] = square;
        parameters[i] = shrink * p - (rate * mean) / (Math.sqrt(square) * rootScale + epsilon);
      }
    },
  };
}

/** What is the same for all parameters of one update. */
export interface AdamStep {
  /** The learning rate over 1 − β₁ⁿ. */
  readonly rate: number;
  /** What the decay of AdamW leaves of a parameter; 1 for Adam. */
  readonly shrink: number;
  /** 1 / √(1 − β₂ⁿ). */
  readonly rootScale: number;
}

/** The factors of update `step`, counted from 1. */
export function adamStep(rule: AdamRule, step: number, rateFactor: number): AdamStep {
  const learningRate = rule.learningRate * rateFactor;
  return {
    rate: learningRate / (1 - integerPower(rule.beta1, step)),
    shrink: rule.kind === 'adamW' ? 1 - learningRate * rule.weightDecay : 1,
    rootScale: 1 / Math.sqrt(1 - integerPower(rule.beta2, step)),
  };
}

/** base ** n by repeated squaring: `Math.pow` may differ in the last bits between engines. */
function integerPower(base: number, n: number): number {
  let result = 1;
  for (let square = base, left = n; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square;
  }
  return result;
}
