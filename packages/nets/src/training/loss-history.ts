// The losses of a run of any length in bounded space: exact means over windows that double in size as needed.

/** Windows kept; their number halves when it is reached. */
const CAPACITY = 512;

/** Mean losses over consecutive windows of steps: plain data. */
export interface LossCurve {
  /** Steps in a window, a power of two; the last window may hold fewer. */
  readonly window: number;
  /** Mean loss of each window, in the order of the steps. */
  readonly means: Float64Array;
}

/** The sums behind a {@link LossCurve}. */
export interface LossHistory {
  /** Losses taken in. */
  count: number;
  /** Steps in a window. */
  window: number;
  /** Sum of the losses of each window; windows not reached yet hold 0. */
  readonly sums: Float64Array;
}

/** A history without losses. */
export function createLossHistory(): LossHistory {
  return { count: 0, window: 1, sums: new Float64Array(CAPACITY) };
}

/** Takes in the loss of the next step. */
export function addLoss(history: LossHistory, loss: number): void {
  const { sums } = history;
  if (history.count === history.window * CAPACITY) {
    for (let k = 0; k < CAPACITY; k++) sums[k] = k < CAPACITY / 2 ? sums[2 * k] + sums[2 * k + 1] : 0;
    history.window *= 2;
  }
  sums[Math.floor(history.count / history.window)] += loss;
  history.count++;
}

/** The mean of each window. */
export function lossCurve({ count, window, sums }: LossHistory): LossCurve {
  const used = Math.ceil(count / window);
  return { window, means: sums.slice(0, used).map((sum, k) => sum / Math.min(window, count - k * window)) };
}
