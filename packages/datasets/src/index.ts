/**
 * Seeded point-cloud data sets of the flow-matching literature; points drawn from pictures and shapes; pairs for domain adaptation.
 *
 * @packageDocumentation
 * @module main
 */
export { type AdaptationTask } from './adaptation-task.js';
export { adaptationTasks, type AdaptationTaskName } from './adaptation-tasks.js';
export { checkerboard, type CheckerboardOptions } from './checkerboard.js';
export { circles, type CirclesOptions } from './circles.js';
export {
  eightGaussians,
  eightGaussiansMixture,
  eightGaussiansTutorial,
  type EightGaussiansOptions,
} from './eight-gaussians.js';
export { gaussian, type GaussianOptions } from './gaussian.js';
export { imageSampler, type ImageSamplerOptions, type PixelImage } from './image-sampler.js';
export { moons, moonsTutorial, type MoonsOptions, type MoonsTutorialOptions } from './moons.js';
export { outlineSampler } from './outline-sampler.js';
export { pinwheel, type PinwheelOptions } from './pinwheel.js';
export { type LabelledCloud, type LabelledSampler, type PointCloud, type PointSampler } from './point-cloud.js';
export { polygonSampler } from './polygon-sampler.js';
export { type Ring } from './rings.js';
export { rotatedMoons } from './rotated-moons.js';
export { scurve, type ScurveOptions } from './scurve.js';
export { shapes, type ShapeName } from './shapes.js';
export { spirals, type SpiralsOptions } from './spirals.js';
export { swissRoll, type SwissRollOptions } from './swiss-roll.js';
export { transportTaskLaw, type EqualMixture, type TransportTaskLaw } from './transport-task-laws.js';
export { transportTasks, type TransportTask, type TransportTaskName } from './transport-tasks.js';
