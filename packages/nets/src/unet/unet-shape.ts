// What a U-Net is: its options, its blocks and the shapes of its parameters, in the order in which data flows through them.
import { checkInteger, checkOptions, describeValue } from '@brenier/errors';

/** Options of `velocityUnet`. */
export interface VelocityUnetOptions {
  /** Rows of an image; divisible by 2 as often as there are levels below the first. */
  readonly height: number;
  /** Columns of an image, likewise. Default: `height`. */
  readonly width?: number;
  /** Channels of an image: 1 for grey, 3 for colours. Default 1. */
  readonly imageChannels?: number;
  /**
   * Channels of each level, multiples of 8, from the finest on; every further level has half the rows and columns. Default
   * `[32, 64, 64]`.
   */
  readonly channels?: readonly number[];
  /** Residual blocks of each level on the way down, and again on the way up. Default 1. */
  readonly blocks?: number;
  /** Number of classes that a sample may have. Default 0: none. */
  readonly classes?: number;
}

/** The description of a U-Net. */
export interface VelocityUnetSpec {
  /** The family. */
  readonly kind: 'velocity-unet';
  /** All options, defaults filled in. */
  readonly options: Required<VelocityUnetOptions>;
}

/** A residual block, by the name that its parameters start with. */
export interface ResidualBlock {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** The blocks of a U-Net. */
export interface UnetPlan {
  /** Residual blocks on the way down, level by level. */
  readonly down: readonly (readonly ResidualBlock[])[];
  /** The block between both ways. */
  readonly middle: ResidualBlock;
  /** Residual blocks on the way up, by level; the last level has none. */
  readonly up: readonly (readonly ResidualBlock[])[];
  /** Shapes of all parameters. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Names of those that start at zero though they have several axes. */
  readonly zeros: readonly string[];
}

/** Checks the options and fills in the defaults. */
export function checkUnetOptions(options: VelocityUnetOptions): Required<VelocityUnetOptions> {
  const given = checkOptions('options', options, ['height', 'width', 'imageChannels', 'channels', 'blocks', 'classes']);
  const { channels = [32, 64, 64], imageChannels = 1, blocks = 1, classes = 0 } = given;
  if (!Array.isArray(channels) || channels.length === 0) {
    throw new TypeError(`"channels" expected an array of widths, got ${describeValue(channels)}`);
  }
  const height = checkInteger('height', given.height, 1);
  const width = checkInteger('width', given.width ?? height, 1);
  const halvings = 2 ** (channels.length - 1);
  for (const [name, size] of Object.entries({ height, width })) {
    if (size % halvings !== 0) {
      throw new RangeError(`"${name}" expected a multiple of ${halvings} for ${channels.length} levels, got ${size}`);
    }
  }
  return {
    height,
    width,
    imageChannels: checkInteger('imageChannels', imageChannels, 1),
    channels: channels.map((count: number, level) => {
      if (checkInteger(`channels[${level}]`, count, 8) % 8 === 0) return count;
      throw new RangeError(`"channels[${level}]" expected a multiple of 8, got ${count}`);
    }),
    blocks: checkInteger('blocks', blocks, 1),
    classes: checkInteger('classes', classes, 0),
  };
}

/** Lays the network out. */
export function planUnet(options: Required<VelocityUnetOptions>): UnetPlan {
  const { imageChannels, channels, blocks, classes } = options;
  const base = channels[0];
  const embedding = 4 * base;
  const shapes: Record<string, readonly number[]> = {
    'time.0.weights': [2 * base, embedding],
    'time.0.bias': [embedding],
    'time.1.weights': [embedding, embedding],
    'time.1.bias': [embedding],
    ...(classes > 0 ? { 'classes.rows': [classes, embedding] } : {}),
    'stem.filter': [3, 3, imageChannels, base],
  };
  const zeros: string[] = [];

  function residual(name: string, inputs: number, outputs: number): ResidualBlock {
    shapes[`${name}.norm.gain`] = [inputs];
    shapes[`${name}.norm.bias`] = [inputs];
    shapes[`${name}.first.filter`] = [3, 3, inputs, outputs];
    shapes[`${name}.modulation.weights`] = [embedding, 2 * outputs];
    shapes[`${name}.modulation.bias`] = [2 * outputs];
    shapes[`${name}.second.filter`] = [3, 3, outputs, outputs];
    zeros.push(`${name}.second.filter`);
    if (inputs !== outputs) shapes[`${name}.skip.filter`] = [1, 1, inputs, outputs];
    return { name, inputs, outputs };
  }

  const stack = (name: string, inputs: number, outputs: number) =>
    Array.from({ length: blocks }, (_, k) => residual(`${name}.${k}`, k === 0 ? inputs : outputs, outputs));
  const down = channels.map((count, level) => stack(`down.${level}`, level === 0 ? base : channels[level - 1], count));
  const last = channels[channels.length - 1];
  const middle = residual('middle', last, last);
  const up: ResidualBlock[][] = [];
  for (let level = channels.length - 2; level >= 0; level--) {
    shapes[`up.${level}.narrow.filter`] = [1, 1, channels[level + 1], channels[level]];
    up[level] = stack(`up.${level}`, 2 * channels[level], channels[level]);
  }
  shapes['head.norm.gain'] = [base];
  shapes['head.norm.bias'] = [base];
  shapes['head.filter'] = [3, 3, base, imageChannels];
  zeros.push('head.filter');
  return { down, middle, up, shapes, zeros };
}
