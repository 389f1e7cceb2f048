// Convolutions on a host: arrays are copied into its memory slab by slab, and every image is a chunk for its threads.
import type { KernelHost } from '../kernel-host.js';
import {
  backwardGeometry,
  filterLength,
  forwardGeometry,
  inputLength,
  outputLength,
  type ConvolutionShape,
} from './convolution-shape.js';
import type { ScratchMemory } from './scratch-memory.js';
import { slabs } from './slabs.js';

/** Lanes into which a filter's gradient is summed: a number that does not depend on the threads. */
const lanesOfSlab = 8;

const geometryBytes = 14 * 4;

/** How a filter is packed: its first tap and the steps through it, in values. */
interface FilterOrder {
  readonly first: number;
  readonly tapStep: number;
  readonly channelStep: number;
  readonly outputStep: number;
}

/** `out = x ∗ filter`. */
export function convolve(
  host: KernelHost,
  scratch: ScratchMemory,
  shape: ConvolutionShape,
  x: Float32Array,
  filter: Float32Array,
  out: Float32Array,
): void {
  const { images, filterHeight, filterWidth, channels, outputs } = shape;
  const order = { first: 0, tapStep: channels * outputs, channelStep: outputs, outputStep: 1 };
  const geometry = forwardGeometry(shape);
  const taps = filterHeight * filterWidth;
  run(host, scratch, { geometry, images, taps, channels, outputs, filter, order, x, out });
}

/** The gradient by the images. */
export function convolveInputGradient(
  host: KernelHost,
  scratch: ScratchMemory,
  shape: ConvolutionShape,
  dy: Float32Array,
  filter: Float32Array,
  dx: Float32Array,
): void {
  const { images, filterHeight, filterWidth, channels, outputs } = shape;
  const taps = filterHeight * filterWidth;
  const tapStep = -channels * outputs;
  const order = { first: (1 - taps) * tapStep, tapStep, channelStep: 1, outputStep: outputs };
  const geometry = backwardGeometry(shape);
  run(host, scratch, { geometry, images, taps, channels: outputs, outputs: channels, filter, order, x: dy, out: dx });
}

function run(
  host: KernelHost,
  scratch: ScratchMemory,
  task: {
    readonly geometry: readonly number[];
    readonly images: number;
    readonly taps: number;
    readonly channels: number;
    readonly outputs: number;
    readonly filter: Float32Array;
    readonly order: FilterOrder;
    readonly x: Float32Array;
    readonly out: Float32Array;
  },
): void {
  const { geometry, images, taps, channels, outputs, filter, order, x, out } = task;
  const { exports } = host;
  const sizeOfX = x.length / images;
  const sizeOfOut = out.length / images;
  const panelBytes = Math.ceil(outputs / 16) * 64 * taps * channels;
  for (const { first, count } of slabs(images, (sizeOfX + sizeOfOut) * 4)) {
    const [plan] = scratch.layOut([geometryBytes]);
    scratch.writeInt32(plan, geometry);
    const perThread = exports.convolutionScratch(plan);
    const [geometryAt, filterAt, panels, xAt, outAt, threads] = scratch.layOut([
      ...[geometryBytes, filter.byteLength, panelBytes, count * sizeOfX * 4, count * sizeOfOut * 4],
      host.threads * perThread,
    ]);
    scratch.writeInt32(geometryAt, geometry);
    scratch.float32(filterAt, filter.length).set(filter);
    scratch.float32(xAt, count * sizeOfX).set(x.subarray(first * sizeOfX, (first + count) * sizeOfX));
    const { tapStep, channelStep, outputStep } = order;
    const start = filterAt + order.first * 4;
    exports.convolutionPanels(start, taps, tapStep, channels, channelStep, outputs, outputStep, panels);
    host.runNow({
      kernel: 'convolution',
      rows: count,
      rowsPerChunk: 1,
      arguments: [
        ...[geometryAt, panels, { start: xAt, perRow: sizeOfX * 4 }],
        ...(['rows', { start: outAt, perRow: sizeOfOut * 4 }, { start: threads, perThread }] as const),
      ],
    });
    out.set(scratch.float32(outAt, count * sizeOfOut), first * sizeOfOut);
  }
}

/** The gradient by the filter. */
export function convolveFilterGradient(
  host: KernelHost,
  scratch: ScratchMemory,
  shape: ConvolutionShape,
  x: Float32Array,
  dy: Float32Array,
  dFilter: Float32Array,
): void {
  const { exports } = host;
  const { images } = shape;
  const geometry = forwardGeometry(shape);
  const sizeOfX = inputLength(shape) / images;
  const sizeOfY = outputLength(shape) / images;
  for (const { first, count } of slabs(images, (sizeOfX + sizeOfY) * 4)) {
    const [plan] = scratch.layOut([geometryBytes]);
    scratch.writeInt32(plan, geometry);
    const perThread = exports.convolutionFilterScratch(plan);
    const perLane = Math.ceil(count / lanesOfSlab);
    const laneCount = Math.ceil(count / perLane);
    const [geometryAt, out, lanes, xAt, dyAt, threads] = scratch.layOut([
      ...[geometryBytes, filterLength(shape) * 4, laneCount * exports.convolutionLaneBytes(plan)],
      ...[count * sizeOfX * 4, count * sizeOfY * 4, host.threads * perThread],
    ]);
    scratch.writeInt32(geometryAt, geometry);
    scratch.float32(xAt, count * sizeOfX).set(x.subarray(first * sizeOfX, (first + count) * sizeOfX));
    scratch.float32(dyAt, count * sizeOfY).set(dy.subarray(first * sizeOfY, (first + count) * sizeOfY));
    host.runNow({
      kernel: 'convolutionFilterLane',
      rows: count,
      rowsPerChunk: perLane,
      arguments: [
        ...[geometryAt, { start: xAt, perRow: sizeOfX * 4 }, { start: dyAt, perRow: sizeOfY * 4 }],
        ...([{ start: 0, perRow: 1 }, 'rows', perLane, lanes, { start: threads, perThread }] as const),
      ],
    });
    if (first > 0) scratch.float32(out, dFilter.length).set(dFilter);
    exports.convolutionFilterSum(geometryAt, lanes, laneCount, out, Number(first > 0));
    dFilter.set(scratch.float32(out, dFilter.length));
  }
}
