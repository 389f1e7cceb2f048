/** Generated images, a few at a time: the program stays awake in between. */
import { setImmediate } from 'node:timers/promises';
import { trajectoryEnergy } from '@brenier/metrics';
import type { Rng } from '@brenier/random';
import type { CarriedImages, TrainedImages } from './method/image-method.js';
import { meanSquaredDistance } from './image-task.js';

/** What came of all starts. */
export interface GeneratedImages {
  /** Shape [count, 784]. */
  images: Float64Array;
  /** The first few on their way. */
  onTheWay: CarriedImages;
  /** E∫‖v‖²dt, of the polygons through the states. */
  pathEnergy: number;
  /** Mean ‖x₁ − x₀‖². */
  transportCost: number;
  nfe: number;
  seconds: number;
}

/** Images that are carried at once: bounds the memory of their states. */
const AT_ONCE = 50;

/**
 * Carries all starts.
 *
 * @param onProgress - told how many are done
 * @returns the images; `undefined` where `signal` was raised before the last
 */
export async function generateImages(
  rng: Rng,
  trained: Pick<TrainedImages, 'carry'>,
  starts: Float64Array,
  dim: number,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<GeneratedImages | undefined> {
  const images = new Float64Array(starts.length);
  const begun = performance.now();
  let energy = 0;
  let first: CarriedImages | undefined;
  for (let at = 0; at < starts.length; at += AT_ONCE * dim) {
    if (signal.aborted) return undefined;
    const carried = trained.carry(rng.fork(at), starts.slice(at, at + AT_ONCE * dim));
    const final = carried.states[carried.states.length - 1];
    images.set(final, at);
    energy += trajectoryEnergy(Float64Array.from(carried.times), carried.states, { dim }) * final.length;
    first ??= carried;
    onProgress(Math.min(starts.length, at + AT_ONCE * dim) / dim);
    await setImmediate();
  }
  return {
    images,
    onTheWay: first!,
    pathEnergy: energy / starts.length,
    transportCost: meanSquaredDistance(starts, images, dim),
    nfe: first!.nfe,
    seconds: (performance.now() - begun) / 1000,
  };
}
