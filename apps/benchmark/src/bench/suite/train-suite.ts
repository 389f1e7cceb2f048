/** `bench train`: training steps, and whole runs of OT-CFM. */
import { conditionalFlowMatching, cloudSource, generatorSource } from '@brenier/flows';
import { gaussian } from '@brenier/datasets';
import { velocityUnet } from '@brenier/nets';
import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { seededTask } from '../../cell/tasks.js';
import { PROTOCOL, type DataSetName } from '../../settings.js';
import { packArray } from '../contender/packed-array.js';
import { networkOptions } from './network-options.js';
import { networkTitle, networkWork } from './network-work.js';
import type { BenchCell, Suite, SuiteSettings } from './suite.js';

const STEPS_OF_NETWORKS = [
  { width: 64, batchSize: 256 },
  { width: 64, batchSize: 512 },
  { width: 256, batchSize: 128 },
  { width: 256, batchSize: 512 },
] as const;

/** The suite of training. */
export const trainSuite: Suite = {
  name: 'train',
  title: 'Training of small networks',
  rivals: 'PyTorch and torchcfm',
  options: networkOptions(),
  summary:
    'A step is forward pass, mean squared error, backward pass and AdamW on a batch that was drawn beforehand; neither side keeps a ' +
    'running mean of the weights. Ours is timed through its public training loop with everything that the loop does, PyTorch in a ' +
    'bare loop around the same arithmetic. A run of OT-CFM is the whole training, with batches drawn and coupled exactly.',
  cells: (settings) => [
    ...STEPS_OF_NETWORKS.map(({ width, batchSize }) => stepCell(settings, width, batchSize)),
    unetCell(settings),
    ...RUN_DATA_SETS.map((dataSet) => runCell(settings, dataSet)),
  ],
};

/** The data sets of whole runs. */
const RUN_DATA_SETS: readonly DataSetName[] = ['moons', '8gaussians'];

const UNET = { size: 28, channels: [32, 64, 64], batchSize: 32, learningRate: 1e-4 } as const;

function stepCell({ seed }: SuiteSettings, width: number, batchSize: number): BenchCell {
  const hidden = [width, width, width];
  const { t, x, target } = firstBatch(seed, batchSize);
  return {
    name: `step-${width}-${batchSize}`,
    title: `Step of ${networkTitle(hidden)}, batch ${batchSize}`,
    unit: 'step',
    work: {
      kind: 'mlp-step',
      ...networkWork(hidden, seed),
      batchSize,
      t: packArray(t),
      x: packArray(x),
      target: packArray(target),
      learningRate: PROTOCOL.learningRate,
      weightDecay: PROTOCOL.weightDecay,
    },
  };
}

function unetCell({ seed }: SuiteSettings): BenchCell {
  const { size, channels, batchSize, learningRate } = UNET;
  const network = velocityUnet({ height: size, channels });
  const rng = createRng(seed).fork('unet');
  const parameters = network.initParameters(rng.fork('parameters'));
  // Filters that start at zero hide most of the gradient from a comparison.
  const spread = fillNormal(rng.fork('spread'), new Float32Array(parameters.length), { sd: 0.01 });
  const images = (label: string) => fillNormal(rng.fork(label), new Float32Array(batchSize * network.dim));
  return {
    name: `step-unet-${batchSize}`,
    title: `Step of a U-Net ${channels.join('-')} on ${size} × ${size} images, batch ${batchSize}`,
    unit: 'step',
    work: {
      kind: 'unet-step',
      parameters: packArray(parameters.map((value, i) => value + spread[i])),
      size,
      channels,
      batchSize,
      t: packArray(fillUniform(rng.fork('t'), new Float32Array(batchSize))),
      x: packArray(images('x')),
      target: packArray(images('target')),
      learningRate,
      weightDecay: PROTOCOL.weightDecay,
    },
  };
}

function runCell({ seed, steps }: SuiteSettings, dataSet: DataSetName): BenchCell {
  const data = seededTask(dataSet, seed);
  const { hidden, batchSize, sigma, learningRate, weightDecay, trainSetSize } = PROTOCOL;
  const target = data.draw('target', 'train', trainSetSize);
  return {
    name: `run-${dataSet}`,
    title: `OT-CFM run of ${steps.toLocaleString('en')} steps on ${dataSet}, ${networkTitle(hidden)}, batch ${batchSize}`,
    unit: 'step',
    total: steps,
    work: {
      kind: 'ot-cfm-run',
      ...networkWork(hidden, seed),
      batchSize,
      sigma,
      data: packArray(target.points),
      x0: packArray(gaussian(createRng(seed).fork('pair'), batchSize).points),
      x1: packArray(target.points.subarray(0, 2 * batchSize)),
      learningRate,
      weightDecay,
    },
  };
}

/** A batch as conditional flow matching draws it; its time costs nothing here. */
function firstBatch(seed: number, batchSize: number) {
  const source = generatorSource((rng, count) => gaussian(rng, count), { dim: 2 });
  const target = cloudSource(seededTask('moons', seed).draw('target', 'train', PROTOCOL.trainSetSize));
  const objective = conditionalFlowMatching({ source, target, sigma: PROTOCOL.sigma, batchSize });
  return objective.draw(createRng(seed).fork('batch'));
}
