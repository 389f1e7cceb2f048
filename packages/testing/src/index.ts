/**
 * Matchers, known-answer problems and leak checks for the tests of the other packages.
 *
 * @packageDocumentation
 */
export { expectAllClose, expectClose, type CloseOptions } from './close.js';
export { convergenceOrder, type ConvergenceFit } from './convergence-order.js';
export { centralDifferences } from './finite-differences.js';
export {
  costsOf,
  type KnownCloud,
  type KnownGeometry,
  type KnownTransportProblem,
} from './transport/known-transport-problem.js';
export {
  affineMapProblem,
  convexGradientProblem,
  diracProblem,
  hiddenPermutationProblem,
  hiddenPlanProblem,
} from './transport/known-answers.js';
export { nastyClouds, nastyProblem, nastyWeights, type NastyProblemOptions } from './transport/nasty-problems.js';
export { solveTransportReference, type ReferencePlan } from './transport/transport-reference.js';
export {
  knownTransportProblem,
  nastyTransportProblem,
  type TransportArbitraryOptions,
} from './transport/transport-arbitraries.js';
export { expectOptimalPotentials, expectPotentialsClose, type Potentials } from './transport/expect-potentials.js';
export { leakedTensors, type TensorMemory } from './tensor-leaks.js';
export { generateProblem, type GeneratedProblem } from './generator/generated-problem.js';
export { judgeAnswer, type GivenAnswer, type Judgement } from './generator/judge-answer.js';
