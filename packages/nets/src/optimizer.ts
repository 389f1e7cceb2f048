// Optimizers as pure data and two functions over flat float32 arrays: nothing to convert for a checkpoint.

/** What an optimizer remembers between steps: plain data. */
export interface OptimizerState {
  /** Updates made so far. */
  step: number;
  /** Arrays as long as the parameters, in an order that the optimizer fixes. */
  readonly moments: readonly Float32Array[];
}

/** A rule that moves parameters along a gradient. */
export interface Optimizer {
  /** The rule with all its settings; a checkpoint remembers it and refuses another. */
  readonly name: string;
  /** A fresh state for `count` parameters. */
  init(count: number): OptimizerState;
  /** Moves `parameters` in place and advances `state`; the three lengths agree. */
  update(state: OptimizerState, parameters: Float32Array, gradient: Float32Array): void;
}
