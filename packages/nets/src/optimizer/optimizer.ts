// Optimizers as pure data and two functions over flat float32 arrays: nothing to convert for a checkpoint.

/** What an optimizer remembers between steps: plain data. */
export interface OptimizerState {
  /** Updates made so far. */
  step: number;
  /** Arrays as long as the parameters, in an order that the optimizer fixes. */
  readonly moments: readonly Float32Array[];
}

/** Adam or AdamW with all its settings. */
export interface AdamRule {
  /** Whether the decay is kept out of the running means (AdamW) or added to the gradient (Adam). */
  readonly kind: 'adam' | 'adamW';
  /** Step size. */
  readonly learningRate: number;
  /** Decay of the running mean of the gradient. */
  readonly beta1: number;
  /** Decay of the running mean of its square. */
  readonly beta2: number;
  /** Added to the root of the mean square. */
  readonly epsilon: number;
  /** Pull towards zero. */
  readonly weightDecay: number;
}

/** A rule that moves parameters along a gradient. */
export interface Optimizer {
  /** The rule with all its settings; a checkpoint remembers it and refuses another. */
  readonly name: string;
  /** A fresh state for `count` parameters. */
  init(count: number): OptimizerState;
  /** What the rule is, for engines that have it built in. Default: absent, a rule that only `update` knows. */
  readonly rule?: AdamRule;
  /**
   * Moves `parameters` in place and advances `state`; the three lengths agree. The gradient comes as it is to be followed, clipped
   * where the run clips.
   *
   * @param rateFactor - multiplies the learning rate for this update; default 1. A run has a rate schedule only through this
   */
  update(state: OptimizerState, parameters: Float32Array, gradient: Float32Array, rateFactor?: number): void;
}
