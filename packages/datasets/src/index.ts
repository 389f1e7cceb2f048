/**
 * Seeded point-cloud data sets of the flow-matching literature.
 *
 * @packageDocumentation
 * @module main
 */
export { checkerboard, type CheckerboardOptions } from './checkerboard.js';
export { circles, type CirclesOptions } from './circles.js';
export {
  eightGaussians,
  eightGaussiansMixture,
  eightGaussiansTutorial,
  type EightGaussiansOptions,
} from './eight-gaussians.js';
export { gaussian, type GaussianOptions } from './gaussian.js';
export { moons, moonsTutorial, type MoonsOptions, type MoonsTutorialOptions } from './moons.js';
export { pinwheel, type PinwheelOptions } from './pinwheel.js';
export { type PointCloud, type PointSampler } from './point-cloud.js';
export { scurve, type ScurveOptions } from './scurve.js';
export { spirals, type SpiralsOptions } from './spirals.js';
export { swissRoll, type SwissRollOptions } from './swiss-roll.js';
export { transportTaskLaw, type EqualMixture, type TransportTaskLaw } from './transport-task-laws.js';
export { transportTasks, type TransportTask, type TransportTaskName } from './transport-tasks.js';
