/** Generated images, a few at a time: the program stays awake in between. */
import { setImmediate } from 'node:timers/promises';
import { trajectoryEnergy } from '@brenier/metrics';
import type { Rng } from '@brenier/random';
import type { ArrayField } from '@brenier/samplers';
import { flowEnergy } from '../flow-energy.js';
import { FIXED } from './image-settings.js';
import type { CarriedImages, TrainedImages } from './method/image-method.js';
import { meanSquaredDistance } from './image-task.js';

/** What came of all starts. */
export interface GeneratedImages {
  /** Shape [count, 784]. */
  images: Float64Array;
  /** The first few on their way. */
  onTheWay: CarriedImages;
  /** E∫‖v‖²dt: of the polygons through the states; of a process with noise, whose polygons have no limit, along its probability flow. */
  pathEnergy: number;
  /** Mean ‖x₁ − x₀‖². */
  transportCost: number;
  nfe: number;
  seconds: number;
}

/** Images that are carried at once: bounds the memory of their states. */
const AT_ONCE = 50;

/** Images whose flow is followed at once: each costs several times what carrying it does. */
const FOLLOWED_AT_ONCE = 10;

/**
 * Carries all starts.
 *
 * @param onProgress - told what is done
 * @returns the images; `undefined` where `signal` was raised before the last
 */
export async function generateImages(
  rng: Rng,
  trained: Pick<TrainedImages, 'carry' | 'probabilityFlow'>,
  starts: Float64Array,
  dim: number,
  signal: AbortSignal,
  onProgress: (text: string) => void,
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
    onProgress(`${Math.min(starts.length, at + AT_ONCE * dim) / dim} of ${starts.length / dim} images`);
    await setImmediate();
  }
  const seconds = (performance.now() - begun) / 1000;
  const { probabilityFlow } = trained;
  const pathEnergy =
    probabilityFlow === undefined
      ? energy / starts.length
      : await energyAlong(probabilityFlow, starts, dim, signal, onProgress);
  if (pathEnergy === undefined) return undefined;
  return {
    images,
    onTheWay: first!,
    pathEnergy,
    transportCost: meanSquaredDistance(starts, images, dim),
    nfe: first!.nfe,
    seconds,
  };
}

/** The path energy of a flow from all starts; `undefined` where `signal` was raised before the last. */
async function energyAlong(
  flow: ArrayField,
  starts: Float64Array,
  dim: number,
  signal: AbortSignal,
  onProgress: (text: string) => void,
): Promise<number | undefined> {
  let energy = 0;
  for (let at = 0; at < starts.length; at += FOLLOWED_AT_ONCE * dim) {
    if (signal.aborted) return undefined;
    const some = starts.slice(at, at + FOLLOWED_AT_ONCE * dim);
    energy += flowEnergy(flow, some, { dim, numSteps: FIXED.energySteps }) * some.length;
    onProgress(`path energy, ${(at + some.length) / dim} of ${starts.length / dim} images`);
    await setImmediate();
  }
  return energy / starts.length;
}
