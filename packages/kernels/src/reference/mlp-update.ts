import type { MlpTrainingArrays, MlpUpdate } from '../mlp/mlp-trainer.js';

/** The arithmetic of assembly/mlp/update.ts, in place: float64, stored in float32. */
export function mlpUpdate(
  { parameters, means, squares, sums }: MlpTrainingArrays,
  gradient: Float32Array,
  { gradientScale, pull, beta1, beta2, rate, shrink, rootScale, epsilon, decay }: MlpUpdate,
): void {
  for (let i = 0; i < parameters.length; i++) {
    const p = parameters[i];
    const g = Math.fround(gradientScale * gradient[i]) + pull * p;
    const mean = beta1 * means[i] + (1 - beta1) * g;
    const square = beta2 * squares[i] + (1 - beta2) * g * g;
    means[i] = mean;
    squares[i] = square;
    parameters[i] = shrink * p - (rate * mean) / (Math.sqrt(square) * rootScale + epsilon);
    if (sums !== undefined) sums[i] = decay * sums[i] + (1 - decay) * parameters[i];
  }
}
