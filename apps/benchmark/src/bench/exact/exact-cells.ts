/** From a choice of series to cells with their clouds. */
import { createRng, fillUniform } from '@brenier/random';
import { packArray } from '../contender/packed-array.js';
import type { ExactWork } from '../contender/work.js';
import type { BenchCell } from '../suite/suite.js';
import { drawInstance, INSTANCE_TITLES, type CloudPair } from './exact-instances.js';
import type { SeriesChoice, WeightsName } from './exact-options.js';

/** Costs of both sides must agree to this before anything is timed; float64 sums in another order stay far below. */
export const COST_AGREEMENT = { quantities: ['cost'], tolerance: 1e-9 } as const;

/** What the name of a series adds. */
const GIVEN_TITLES: Readonly<Record<ExactWork['given'], string>> = {
  points: '',
  matrix: ', matrix given to both',
  distances: ', both from points',
};

/** All cells of a choice, size by size. */
export function seriesCells({ instances, dims, weights, given, sizes }: SeriesChoice, seed: number): BenchCell[] {
  return instances.flatMap((instance) =>
    dims.flatMap((dim) =>
      weights.flatMap((kind) =>
        sizes.map((count): BenchCell => {
          const series = `${INSTANCE_TITLES[instance]}, d = ${dim}, ${kind} weights${GIVEN_TITLES[given]}`;
          const pair = drawInstance(instance, count, dim, seed);
          const name = `${instance}-${dim}d-${kind}-${given}-${count}`;
          return exactCell(name, series, { count, dim, ...packed(pair, kind, count, seed), given });
        }),
      ),
    ),
  );
}

/** A cell of one problem. */
export function exactCell(name: string, series: string, work: Omit<ExactWork, 'kind'>): BenchCell {
  return {
    name,
    title: `${series}, n = ${work.count.toLocaleString('en')}`,
    unit: 'plan',
    work: { kind: 'exact', ...work },
    agreement: COST_AGREEMENT,
    place: { series, size: work.count },
  };
}

/** Clouds and masses on their way to both sides. */
export function packed({ x, y }: CloudPair, weights: WeightsName, count: number, seed: number) {
  const clouds = { x: packArray(x), y: packArray(y) };
  if (weights === 'equal') return clouds;
  const rng = createRng(seed).fork('masses');
  const masses = (label: string) =>
    packArray(fillUniform(rng.fork(label), new Float64Array(count)).map((u) => 0.5 + u));
  return { ...clouds, masses: { a: masses('a'), b: masses('b') } };
}
