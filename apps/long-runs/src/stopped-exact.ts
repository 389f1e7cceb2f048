// A large exact solve that is stopped and resumed until it is done: how soon each stop returns, what it proves, and whether
// the end has the bits of a solve that was never stopped.
import { isDeepStrictEqual } from 'node:util';
import {
  createTransportProblem,
  networkSimplex,
  type NetworkSimplexResult,
  type NetworkSimplexSnapshot,
  pointClouds,
  run,
  type TransportProblem,
} from '@brenier/ot-core';
import { createRng, fillNormal, fillUniform } from '@brenier/random';

/** What to stop, and when. */
export interface StoppedExactOptions {
  /** Points a side, in the plane. */
  readonly points: number;
  /** Milliseconds of work between two stops. */
  readonly every: number;
  /** Whether all points weigh the same, or weights are drawn. */
  readonly weights: 'equal' | 'general';
}

/** Prints a line for each stop; true where the resumed solve ends with the bits of the other. */
export async function stopExactSolve(options: StoppedExactOptions, print: (line: string) => void): Promise<boolean> {
  const problem = createProblem(options);
  const waits: number[] = [];
  let { result, wait } = await stopAfter(options.every, problem);
  for (; result.snapshot; { result, wait } = await stopAfter(options.every, problem, result.snapshot)) {
    const { gap, primal, marginalError, proof } = result.certificate;
    waits.push(wait);
    print(
      `stopped in ${wait.toFixed(0)} ms: cost ${primal.toFixed(6)}, gap ${gap.toExponential(2)} (${proof}), marginal error ` +
        `${marginalError.toExponential(1)}, snapshot of ${(result.snapshot.bytes.length / 1e6).toFixed(1)} MB`,
    );
  }
  const isSame = isDeepStrictEqual(result, await run(networkSimplex(), problem));
  print(
    `stopped-exact: ${options.points} points a side, ${waits.length} stops, the slowest in ` +
      `${Math.max(0, ...waits).toFixed(0)} ms; ${isSame ? 'the bits' : 'NOT the bits'} of a solve that was never stopped`,
  );
  return isSame;
}

/** Works for a while, from the start or from a snapshot; `wait` is how long the stop took. */
async function stopAfter(
  milliseconds: number,
  problem: TransportProblem,
  from?: NetworkSimplexSnapshot,
): Promise<{ result: NetworkSimplexResult; wait: number }> {
  const controller = new AbortController();
  let asked = 0;
  const timer = setTimeout(() => {
    asked = performance.now();
    controller.abort();
  }, milliseconds);
  const result = await run(networkSimplex({ resumable: true, from }), problem, { signal: controller.signal });
  clearTimeout(timer);
  return { result, wait: performance.now() - asked };
}

/** Normal clouds, 3 apart in both coordinates. */
function createProblem({ points, weights }: StoppedExactOptions): TransportProblem {
  const rng = createRng(1);
  const x = fillNormal(rng, new Float64Array(2 * points));
  const y = fillNormal(rng, new Float64Array(2 * points), { mean: 3 });
  const draw = (): Float64Array => {
    const raw = fillUniform(rng, new Float64Array(points), { low: 0.1, high: 1 });
    const sum = raw.reduce((total, each) => total + each, 0);
    return raw.map((each) => each / sum);
  };
  return createTransportProblem(pointClouds(x, y, { dim: 2 }), weights === 'equal' ? {} : { a: draw(), b: draw() });
}
