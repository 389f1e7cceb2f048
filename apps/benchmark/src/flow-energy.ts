/** The energy of a flow: what its velocity spends on the way from the starts. */
import { velocityEnergy } from '@brenier/metrics';
import { integrate, midpoint, refinedTimes, type ArrayField } from '@brenier/samplers';

/** How {@link flowEnergy} follows a flow. */
export interface FlowEnergyOptions {
  dim: number;
  /** Midpoint steps from time 0 to 1, an even number; each evaluates the velocity three times. */
  numSteps: number;
}

/**
 * E∫‖v‖²dt by the trapezoidal rule, along the midpoint rule: the energy of the flow itself, on a grid fine enough that the integrator
 * no longer shows. Steps are short at both ends, where the flow of a bridge spreads and squeezes what its noise adds, at rates up to
 * the time left.
 *
 * @param velocity - of the flow; of a process with noise that of its probability flow
 * @param start - the points at time 0, shape [count, dim]
 */
export function flowEnergy(velocity: ArrayField, start: Float64Array, { dim, numSteps }: FlowEnergyOptions): number {
  const half = { numSteps: numSteps / 2, exponent: 2, from: 0.5 };
  const towardsStart = refinedTimes({ ...half, to: 0 });
  const towardsEnd = refinedTimes({ ...half, to: 1 });
  const { times, states } = integrate(velocity, start, {
    method: midpoint(),
    times: Float64Array.of(...towardsStart.reverse(), ...towardsEnd.subarray(1)),
    keep: 'trajectory',
  });
  const velocities = states.map((state, k) => {
    const out = new Float64Array(state.length);
    velocity.evaluate(state, times[k], out);
    return out;
  });
  return velocityEnergy(times, velocities, { dim });
}
