// The network of images: a U-Net (Ronneberger et al. 2015) as diffusion and flow models use it (Ho et al. 2020, appendix B; Dhariwal
// and Nichol 2021, section 3), small enough for a processor.
import { tapeNetwork } from '../tensor/tape-network.js';
import type { TensorNetwork } from '../tensor/tensor-network.js';
import { unetForward } from './unet-forward.js';
import { checkUnetOptions, planUnet, type VelocityUnetOptions, type VelocityUnetSpec } from './unet-shape.js';

/** A U-Net that maps a flattened image and a time to a velocity. */
export interface VelocityUnet extends TensorNetwork {
  /** The description; `spec.options` given to {@link velocityUnet} makes the same network again. */
  readonly spec: VelocityUnetSpec;
}

/**
 * Makes a velocity network for images: points are images, row by row, the channels of a pixel side by side, `dim = height · width ·
 * imageChannels`.
 *
 * Levels of residual blocks (group normalization in groups of eight channels, SiLU, 3 × 3 convolution, twice; 1 × 1 where the channels
 * change), joined by 2 × 2 means on the way down and by repeated pixels on the way up, where what the same level had on the way down is
 * set beside. Time enters as sines and cosines (1000 t, Ho et al. 2020), the class as a learned vector added to them behind a perceptron;
 * both scale and shift the second normalization of every block (Dhariwal and Nichol 2021, eq. 5). A sample without a class has the zero
 * vector. No convolution has a bias.
 *
 * It runs unchanged on every TensorFlow.js backend, and needs the gradients that `import '@tensorflow/tfjs'` registers. On the wasm
 * backend `registerWasmKernels` of `@brenier/nets/convolution` must have been called, as `chooseEngine` does: see there. The default network on
 * 28 × 28 pixels has 0.49 million parameters, and one loss and gradient costs 0.48 · 10⁹ operations an image.
 *
 * Starting filters and weights are uniform in ±1/√inputs; the last convolution of every block and of the network starts at zero, so the
 * first velocity is zero and every block the identity, and so do gains (less 1) and biases.
 *
 * @param options - size of the images, and the levels
 * @returns the network, a description without parameters
 * @throws TypeError or RangeError for an option of the wrong kind or value; `lossAndGradient` for a batch of another shape, and an Error
 * that names the missing import where no gradients are registered
 *
 * @example
 * A network for digits of ten classes.
 * ```ts
 * import { velocityUnet } from '@brenier/nets';
 *
 * const network = velocityUnet({ height: 28, classes: 10 });
 * network.dim; // => 784
 * network.spec.options.channels; // => [32, 64, 64]
 * ```
 */
export function velocityUnet(options: VelocityUnetOptions): VelocityUnet {
  const checked = checkUnetOptions(options);
  const { height, width, imageChannels, classes } = checked;
  const plan = planUnet(checked);
  const network = tapeNetwork({
    name: 'velocity-unet',
    dim: height * width * imageChannels,
    shapes: plan.shapes,
    classes,
    forward: (parameters, x, t, oneHot) => unetForward(checked, plan, parameters, x, t, oneHot),
  });
  return {
    ...network,
    get engine() {
      return network.engine;
    },
    spec: { kind: 'velocity-unet', options: checked },
    initParameters(rng) {
      const parameters = network.initParameters(rng);
      let offset = 0;
      for (const [name, shape] of Object.entries(plan.shapes)) {
        const size = shape.reduce((product, axis) => product * axis, 1);
        if (plan.zeros.includes(name)) parameters.fill(0, offset, offset + size);
        offset += size;
      }
      return parameters;
    },
  };
}
