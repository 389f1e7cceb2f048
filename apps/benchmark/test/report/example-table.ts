/** A whole table with made-up numbers near the published ones, and clouds of the real data sets: what a run of hours would give. */
import { transportTasks } from '@brenier/datasets';
import { createRng, fillNormal, type Rng } from '@brenier/random';
import { PUBLISHED_DATA_SETS, PUBLISHED_METHODS, publishedEnergy, publishedW2 } from '../../src/published.js';
import type { ComparedCell, DataSetRecord, PictureRecord, RunResult } from '../../src/results.js';
import type { DataSetName, MethodName } from '../../src/settings.js';

/** Which cells there are. */
export interface ExampleOptions {
  methods?: readonly MethodName[];
  dataSets?: readonly DataSetName[];
  seeds?: readonly number[];
  sweep?: boolean;
}

/** A finished run in which every claim of the verdict holds. */
export function exampleTable(options: ExampleOptions = {}): RunResult {
  const {
    methods = PUBLISHED_METHODS,
    dataSets = PUBLISHED_DATA_SETS,
    seeds = [42, 43, 44, 45, 46],
    sweep = true,
  } = options;
  const rng = createRng('example table');
  const described = dataSets.map((name) => exampleDataSet(rng.fork(name), name, seeds.length));
  const cells = described.flatMap((dataSet) =>
    methods
      .filter((method) => publishedW2(dataSet.name, method))
      .flatMap((method) =>
        seeds.map((seed, i) => {
          const floor = dataSet.energyFloor.mean + dataSet.energyFloor.sd * DEVIATES[i % 5];
          return exampleCell(rng.fork(`${dataSet.name} ${method} ${seed}`), dataSet, method, {
            seed,
            floor,
            isPictured: i === 0,
          });
        }),
      ),
  );
  return {
    format: 'brenier-benchmark/2',
    command: 'pnpm reproduce',
    startedAt: '2026-01-02T03:04:05.000Z',
    status: 'finished',
    machine: { platform: 'linux', arch: 'x64', cpu: 'A processor', cores: 2, memoryGiB: 8, node: '20.19.0' },
    versions: { '@brenier/ot-core': '0.1.0', '@brenier/bridges': '0.1.0' },
    settings: {
      sampling: { value: '20 Euler steps', origin: 'published protocol' },
      'data generators': { value: 'table variants of @brenier/datasets', origin: 'inferred' },
      seeds: { value: seeds.join(', '), origin: 'ours' },
    },
    methodSettings: Object.fromEntries(
      methods.map((method) => [
        method,
        {
          network: { value: '3-64-64-64-2, SELU, raw time', origin: 'published protocol' },
          'σ of the reference': { value: SIGMA[method] ?? 0, origin: 'ours' },
        },
      ]),
    ),
    dataSets: described,
    cells,
    sweep: sweep ? described.flatMap((dataSet) => exampleSweep(dataSet)) : [],
    failures: [],
  };
}

const SIGMA: Partial<Record<MethodName, number>> = {
  'DSBM-IPF': 1,
  'DSBM-IMF': 1,
  'DSBM-IMF+': 1,
  DSB: 1,
  'SB-CFM': 1,
};

/** W2² and sampling floor of the data sets, rounded. */
const FLOORS: Record<DataSetName, readonly [w2: number, energy: number]> = {
  moons: [0.08, 1.2],
  scurve: [0.07, 1.6],
  '8gaussians': [0.196, 14.7],
  'moons→8gaussians': [0.46, 30.3],
};

function exactEnergy(name: DataSetName, sigma: number): number {
  return FLOORS[name][1] * (1 + 0.12 * sigma ** 1.5);
}

function exampleDataSet(rng: Rng, name: DataSetName, seeds: number): DataSetRecord {
  const { source, target } = taskOf(name);
  const sd = seeds > 1 ? 0.02 : 0;
  return {
    name,
    samplingFloor: { mean: FLOORS[name][0], sd: sd * FLOORS[name][0] },
    energyFloor: { mean: FLOORS[name][1], sd: sd * FLOORS[name][1] },
    exactBridge: [0, 0.25, 0.5, 1, 2].map((sigma) => ({ sigma, pathEnergy: exactEnergy(name, sigma) })),
    source: rounded(source(rng.fork('source'), POINTS).points),
    target: rounded(target(rng.fork('target'), POINTS).points),
  };
}

/** Mean 0, standard deviation 1. */
const DEVIATES = [-2, -1, 0, 1, 2].map((value) => value / Math.sqrt(2.5));

const POINTS = 1000;
const PATHS = 100;
const STEPS = 20;

function exampleCell(
  rng: Rng,
  { name, energyFloor }: DataSetRecord,
  method: MethodName,
  { seed, floor, isPictured }: { seed: number; floor: number; isPictured: boolean },
): ComparedCell {
  const dataSet = name as DataSetName;
  const sigma = SIGMA[method];
  const noise = normals(rng.fork('noise'), 2);
  const reference = publishedW2(dataSet, method)!;
  const w2 = Math.max(0.93 * reference.mean + 0.3 * reference.sd * noise[0], 1.01 * FLOORS[dataSet][0]);
  const aim = sigma ? exactEnergy(dataSet, sigma) : method === 'OT-CFM' ? 1.02 * energyFloor.mean : undefined;
  const published = publishedEnergy(dataSet, method);
  const energy = (aim ?? Math.max(published!.mean, 1.01 * energyFloor.mean)) * (1 + 0.004 * noise[1]);
  return {
    settings: { dataSet, method, seed, steps: 20_000, samples: 10_000, isPictured },
    training: {
      status: 'finished',
      step: 20_000,
      losses: Array.from({ length: 200 }, (_, i) => ({ step: 100 * (i + 1), loss: energy * (0.8 + 3 / (i + 2)) })),
      trainingSeconds: 60,
      pairingSeconds: 12,
      engine: 'Engine of training and sampling: fused, one thread.',
      iterations: method.startsWith('DSB') ? exampleIterations(w2, energy) : [],
    },
    judgement: {
      w2,
      sinkhornDivergence: { value: 0.02 * w2, epsilon: 0.2 },
      pathEnergy: energy,
      nfeCurve: isPictured ? [5, 10, 20, 50, 100].map((nfe) => ({ nfe, w2: w2 * (1 + 4 / nfe ** 1.5) })) : [],
      samplingSeconds: 0.4,
      w2Seconds: 1.5,
      w2RelativeViolation: 2e-16,
      nfe: 20,
    },
    energyFloor: floor,
    npe: Math.abs(energy - floor) / floor,
    ...(sigma && { exactBridge: { sigma, pathEnergy: exactEnergy(dataSet, sigma) } }),
    ...(isPictured && { pictures: examplePictures(rng.fork('pictures'), dataSet, w2, sigma ?? 0) }),
  };
}

function exampleIterations(w2: number, energy: number): ComparedCell['training']['iterations'] {
  return Array.from({ length: 10 }, (_, i) => ({
    iteration: i + 1,
    slicedW2Target: 0.3 * w2,
    slicedW2Source: 0.2 * w2,
    w2: w2 * (1.3 + 1.5 / (i + 1)),
    pathEnergy: energy * (1 + 0.4 * 0.5 ** i),
  }));
}

function examplePictures(rng: Rng, name: DataSetName, w2: number, sigma: number): PictureRecord {
  const { source, target } = taskOf(name);
  const x0 = source(rng.fork('x0'), POINTS).points;
  const x1 = target(rng.fork('x1'), POINTS).points;
  const error = normals(rng.fork('error'), 2 * POINTS);
  const generated = x1.map((value, k) => value + 0.5 * w2 * error[k]);
  const walk = normals(rng.fork('walk'), 2 * PATHS * (STEPS + 1));
  const paths = Array.from({ length: PATHS }, (_, i) =>
    rounded(
      Float64Array.from({ length: 2 * (STEPS + 1) }, (_, k) => {
        const t = Math.floor(k / 2) / STEPS;
        const at = 2 * i + (k % 2);
        const wiggle = 0.4 * sigma * Math.sqrt(t * (1 - t)) * walk[2 * (STEPS + 1) * i + k];
        return (1 - t) * x0[at] + t * generated[at] + wiggle;
      }),
    ),
  );
  const pairs = Array.from({ length: 4 * 192 }, (_, k) => {
    const pair = Math.floor(k / 4);
    return k % 4 < 2 ? x0[2 * pair + (k % 2)] : x1[2 * pair + (k % 2)];
  });
  return { generated: rounded(generated), paths, pairs: rounded(pairs) };
}

function exampleSweep({ name }: DataSetRecord): RunResult['sweep'] {
  const dataSet = name as DataSetName;
  return [0.25, 0.5, 1, 2].map((sigma) => ({
    settings: { dataSet, method: 'DSBM-IMF', seed: 42, steps: 20_000, samples: 10_000, sigma, isPictured: false },
    sigma,
    w2: FLOORS[dataSet][0] * (1.2 + 0.3 / sigma),
    pathEnergy: 1.02 * exactEnergy(dataSet, sigma),
  }));
}

function taskOf(name: DataSetName): (typeof transportTasks)['moons'] {
  return Object.values(transportTasks).find(({ title }) => title === name)!;
}

function normals(rng: Rng, count: number): Float64Array {
  const values = new Float64Array(count);
  fillNormal(rng, values);
  return values;
}

function rounded(points: ArrayLike<number>): number[] {
  return Array.from(points, (value) => Math.round(value * 1e4) / 1e4);
}
