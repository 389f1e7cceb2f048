/** The clouds of the exact suite. Each is a pair of laws, in any dimension; in more than two, planar ones get the noise said there. */
import { eightGaussiansMixture, gaussian, transportTasks } from '@brenier/datasets';
import { createRng, fillNormal, fillUniform, integer, permutation, type Rng } from '@brenier/random';

/** Names on the command line. */
export const instanceNames = ['shift', '8gaussians', 'moons-8gaussians', 'same', 'grid', 'clusters'] as const;

/** One of {@link instanceNames}. */
export type InstanceName = (typeof instanceNames)[number];

/** Two clouds of as many points, shape [count, dim] each. */
export interface CloudPair {
  x: Float64Array;
  y: Float64Array;
}

/** What the report calls them. */
export const INSTANCE_TITLES: Readonly<Record<InstanceName, string>> = {
  shift: 'N(0, I) to N(3, I)',
  '8gaussians': '8 gaussians',
  'moons-8gaussians': 'moons to 8 gaussians',
  same: 'same distribution',
  grid: 'grid with ties',
  clusters: 'clusters far apart',
};

/** Draws an instance; a function of its arguments alone. */
export function drawInstance(name: InstanceName, count: number, dim: number, seed: number): CloudPair {
  const rng = createRng(seed).fork(name);
  const [source, target] = [rng.fork('source'), rng.fork('target')];
  const normal = (): Float64Array => gaussian(source, count, { dim }).points;
  switch (name) {
    case 'shift':
      return { x: normal(), y: gaussian(target, count, { dim, mean: 3 }).points };
    case '8gaussians':
      return { x: normal(), y: inSpace(target, eightGaussiansMixture(target, count, { sd: 0.3 }).points, dim, 0.3) };
    case 'moons-8gaussians': {
      const task = transportTasks.moonsToEightGaussians;
      const [moons, modes] = [task.source(source, count).points, task.target(target, count).points];
      return { x: inSpace(source, moons, dim, 0.7), y: inSpace(target, modes, dim, 1.5) };
    }
    case 'same':
      return { x: normal(), y: gaussian(target, count, { dim }).points };
    case 'grid':
      return gridPair(source, target, count, dim);
    case 'clusters':
      return clusterPair(rng, count, dim);
  }
}

/** Points of the plane as the first two coordinates; the others are normal noise. */
function inSpace(rng: Rng, planar: Float64Array, dim: number, sd: number): Float64Array {
  if (dim === 2) return planar;
  const points = fillNormal(rng, new Float64Array((planar.length / 2) * dim), { sd });
  for (let i = 0; i < planar.length; i++) {
    if (i % 2 < dim) points[(i >> 1) * dim + (i % 2)] = planar[i];
  }
  return points;
}

/** From every node of a grid, in any order, to nodes drawn with replacement: few different costs, and points that coincide. */
function gridPair(source: Rng, target: Rng, count: number, dim: number): CloudPair {
  let side = 1;
  while (side ** dim < count) side++;
  const order = permutation(source, count);
  const x = new Float64Array(count * dim);
  const y = new Float64Array(count * dim);
  for (let i = 0; i < count; i++) {
    writeNode(x, i, order[i], side, dim);
    writeNode(y, i, integer(target, 0, count), side, dim);
  }
  return { x, y };
}

function writeNode(points: Float64Array, i: number, node: number, side: number, dim: number): void {
  for (let k = 0, rest = node; k < dim; k++, rest = Math.floor(rest / side)) points[i * dim + k] = rest % side;
}

const CLUSTERS = 16;

/** Unit clusters with centres in a box of side 2000, and random counts, so that some mass has to travel. */
function clusterPair(rng: Rng, count: number, dim: number): CloudPair {
  const centres = fillUniform(rng.fork('centres'), new Float64Array(CLUSTERS * dim)).map((u) => 2000 * u - 1000);
  const around = (each: Rng): Float64Array => {
    const points = fillNormal(each, new Float64Array(count * dim));
    for (let i = 0; i < count; i++) {
      const centre = integer(each, 0, CLUSTERS);
      for (let k = 0; k < dim; k++) points[i * dim + k] += centres[centre * dim + k];
    }
    return points;
  };
  return { x: around(rng.fork('source')), y: around(rng.fork('target')) };
}
