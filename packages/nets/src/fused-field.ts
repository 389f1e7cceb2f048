// The fused network with its parameters filled in.
import { withKernels } from '@brenier/kernels';
import { activationNames } from './activation-name.js';
import { checkFieldCall, type ArrayField } from './array-field.js';
import { writeCondition } from './condition.js';
import { loadParameters, runForward } from './fused-pass.js';
import { BLOCK, type FusedPlan } from './fused-plan.js';
import type { VelocityMlpSpec } from './mlp-shape.js';
import { readPoints, sampleOffset, writePoints } from './sample-groups.js';

/** The velocity field of one copy of the parameters. Later changes to the array do not reach the field. */
export function fusedField(
  options: VelocityMlpSpec['options'],
  plan: FusedPlan,
  parameters: Float32Array,
  label: number,
): ArrayField {
  const { dim, activation } = options;
  const kept = parameters.slice();
  const place = activationNames.indexOf(activation);
  return {
    dim,
    evaluate(x, t, out) {
      const count = checkFieldCall(dim, x, t, out);
      if (count === 0) return;
      withKernels((kernels) => {
        const { arena } = kernels;
        const base = arena.allocate(plan.forwardBytes);
        loadParameters(kernels, plan, base, kept);
        const { features, rows, values } = plan.layers[0];
        const inputs = arena.float32(base + values, rows * BLOCK).fill(0);
        const velocities = arena.float32(base + plan.output, plan.outputRows * BLOCK);
        for (let lane = 0; lane < BLOCK; lane++) {
          const at = sampleOffset(lane, rows);
          writeCondition(options, t, label, inputs, at + 8 * dim, 8);
          inputs[at + 8 * features] = 1;
        }
        for (let start = 0; start < count; start += BLOCK) {
          const size = Math.min(BLOCK, count - start);
          writePoints(x.subarray(start * dim), size, dim, inputs, rows);
          runForward(kernels, plan, base, place, Math.ceil(size / 8), false);
          readPoints(velocities, plan.outputRows, size, dim, out.subarray(start * dim));
        }
      });
    },
  };
}
