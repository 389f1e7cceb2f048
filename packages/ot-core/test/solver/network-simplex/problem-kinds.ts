import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { costMatrix, createTransportProblem, pointClouds, type TransportProblem } from '@brenier/ot-core';

const rng = createRng(5);

/** Normal points; the same for the same label. */
export function cloud(label: string, count: number, dim: number) {
  return { points: fillNormal(rng.fork(label), new Float64Array(count * dim)), count, dim };
}

function weights(label: string, count: number): Float64Array {
  const mass = fillUniform(rng.fork(label), new Float64Array(count)).map((each, i) => (i % 9 === 4 ? 0 : each + 0.1));
  const total = mass.reduce((sum, each) => sum + each, 0);
  return mass.map((each) => each / total);
}

/** One of each way in which the solver reads costs, and both directions. */
export const problemKinds: readonly [string, TransportProblem][] = [
  ['merged points of the plane', createTransportProblem(pointClouds(cloud('a', 400, 2), cloud('b', 400, 2)))],
  [
    'merged points with weights, some of them 0',
    createTransportProblem(pointClouds(cloud('c', 130, 3), cloud('d', 300, 3)), {
      a: weights('c', 130),
      b: weights('d', 300),
    }),
  ],
  [
    'a matrix',
    createTransportProblem(
      costMatrix(fillUniform(rng.fork('e'), new Float64Array(200 * 150)), { rows: 200, columns: 150 }),
      { a: weights('e', 200) },
    ),
  ],
  [
    'a matrix of float32 numbers with forbidden pairs',
    createTransportProblem(
      costMatrix(
        Float32Array.from(fillUniform(rng.fork('j'), new Float64Array(120 * 120)), (each, at) =>
          at % 121 !== 0 && each > 0.1 ? Infinity : each,
        ),
        { rows: 120, columns: 120 },
      ),
    ),
  ],
  ['squared distances by products', createTransportProblem(pointClouds(cloud('f', 150, 20), cloud('g', 180, 20)))],
  ['an assignment by products', createTransportProblem(pointClouds(cloud('s', 200, 5), cloud('t', 200, 5)))],
  [
    'distances by rows',
    createTransportProblem(pointClouds(cloud('h', 200, 2), cloud('i', 200, 2), { cost: 'euclidean' })),
  ],
  [
    'Manhattan distances by rows',
    createTransportProblem(pointClouds(cloud('k', 150, 2), cloud('l', 200, 2), { cost: { p: 1 } })),
  ],
  [
    'cubes of 3-norms by rows, with weights',
    createTransportProblem(pointClouds(cloud('m', 170, 3), cloud('n', 140, 3), { cost: { p: 3, power: 3 } }), {
      a: weights('m', 170),
    }),
  ],
  [
    'squares of the largest difference by rows',
    createTransportProblem(pointClouds(cloud('o', 150, 4), cloud('p', 150, 4), { cost: { p: Infinity, power: 2 } })),
  ],
  [
    'roots of 1.5-norms by rows',
    createTransportProblem(pointClouds(cloud('q', 150, 2), cloud('r', 150, 2), { cost: { p: 1.5, power: 0.5 } })),
  ],
];
