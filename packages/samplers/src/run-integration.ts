import { checkFunction, describeValue } from '@brenier/errors';
import { createPause } from '@brenier/event-loop';
import type { IntegrationStatus } from './integration/result.js';

/** How long the event loop may have to wait, in milliseconds: below one frame of 60 Hz. */
const SLICE = 10;

/** Steps between two looks at the clock, at most. */
const MOST_STEPS = 256;

/** An integration that can be stepped: of points, or of points and their log densities. */
export interface SteppedIntegration<Result> {
  /** `'running'` until it is done. */
  readonly status: IntegrationStatus;
  /** Tries some steps. */
  step(count?: number): void;
  /** The outcome up to now. */
  result(): Result;
}

/**
 * Steps an integration to its end without blocking the event loop for long: it hands over after about 10 ms of steps,
 * so that a page can draw and an abort signal can fire.
 *
 * @typeParam Result - what comes out of it
 * @param integration - an integration under way; the caller disposes of it
 * @returns its result; the bits are those of stepping it in one go
 *
 * @example
 * An integration that a timer may stop.
 * ```ts
 * import { dormandPrince, runIntegration, startIntegration } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * const signal = AbortSignal.timeout(60_000);
 * const integration = startIntegration(growth, [1], { method: dormandPrince(), signal });
 * const { status, final } = await runIntegration(integration);
 * status; // => 'finished'
 * final[0].toFixed(4); // => '2.7183'
 * ```
 */
export async function runIntegration<Result>(integration: SteppedIntegration<Result>): Promise<Result> {
  if (typeof integration !== 'object' || integration === null) {
    throw new TypeError(`"integration" expected one from startIntegration, got ${describeValue(integration)}`);
  }
  checkFunction('integration.step', integration.step);
  checkFunction('integration.result', integration.result);
  const pause = createPause();
  try {
    let sliceStart = performance.now();
    let count = 1;
    while (integration.status === 'running') {
      const start = performance.now();
      integration.step(count);
      const now = performance.now();
      // Calls of about a quarter of a slice: short beside it, and long enough for a field that walks several steps at once.
      if (now - start < SLICE / 8) count = Math.min(2 * count, MOST_STEPS);
      else if (now - start > SLICE / 2) count = Math.ceil(count / 2);
      if (now - sliceStart > SLICE) {
        await pause.turn();
        sliceStart = performance.now();
      }
    }
  } finally {
    pause.close();
  }
  return integration.result();
}
