/**
 * Integrators that turn a field into samples, ordinary and stochastic differential equations on batches of points, and the log
 * densities of those samples.
 *
 * @packageDocumentation
 * @module main
 */
export type { ArrayField, FixedWalk, WalkNoise } from './field.js';
export { integrate, startIntegration } from './integrate.js';
export { integrateSde, startSdeIntegration } from './integrate-sde.js';
export { diffusionOfFlow, probabilityFlow, reverseTimeSde } from './fields/reverse-time.js';
export { bridgeFlow, reversedDrift } from './fields/bridge-drifts.js';
export type { Diffusion } from './fields/field-guards.js';
export { estimateLogLikelihood, logLikelihood } from './likelihood/log-likelihood.js';
export {
  startLogLikelihood,
  startLogLikelihoodEstimate,
  type EstimateLogLikelihoodOptions,
  type LikelihoodIntegration,
  type LogLikelihoodResult,
} from './likelihood/start-log-likelihood.js';
export type { LogLikelihoodOptions, LogDensity } from './likelihood/log-density-change.js';
export type { ProbeLaw } from './likelihood/divergence.js';
export { runIntegration, type SteppedIntegration } from './run-integration.js';
export { euler } from './methods/euler.js';
export { midpoint } from './methods/midpoint.js';
export { heun } from './methods/heun.js';
export { rk4 } from './methods/rk4.js';
export { dormandPrince, type DormandPrinceOptions } from './methods/dormand-prince.js';
export { denoisingEulerMaruyama } from './methods/denoising-euler-maruyama.js';
export { eulerMaruyama } from './methods/euler-maruyama.js';
export type { AdaptiveMethod, ButcherTableau, FixedStepMethod } from './methods/tableau.js';
export { pinnedEulerMaruyama } from './methods/pinned-euler-maruyama.js';
export { stochasticHeun } from './methods/stochastic-heun.js';
export type { StochasticMethod } from './methods/stochastic-method.js';
export type { IntegrateOptions, IntegrateSdeOptions, KeepOptions } from './integration/plan.js';
export type { TimeOptions } from './integration/time-grid.js';
export { refinedTimes, type RefinedTimesOptions } from './integration/refined-times.js';
export type {
  Integration,
  IntegrationProgress,
  IntegrationResult,
  IntegrationStatus,
  KeptStates,
  WatchOptions,
} from './integration/result.js';
