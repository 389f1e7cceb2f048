/** Charts of what happened in training and sampling. */
import type { DataSetRecord, IterationRecord } from '../results.js';
import type { Chart } from './chart.js';
import { lineChart, type Curve } from './line-chart.js';
import { logScale } from './log-scale.js';
import { methodColour } from './method-colour.js';
import type { TableCell } from './table-cell.js';

/** W2 and path energy of the bridges over their iterations; none where no method has any. */
export function iterationCharts(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart[] {
  const bridges = cells.filter(({ seeds }) => seeds.some(({ training }) => training.iterations.length > 0));
  if (bridges.length === 0) return [];
  const x = { label: 'iteration', ticks: 6, tickFormat: 'd', interval: 1 } as const;
  const curves = (value: (record: IterationRecord) => number): Curve[] =>
    bridges.map((cell) => ({
      name: cell.method,
      colour: methodColour(cell.method),
      points: meanOverSeeds(cell, value),
    }));
  const exact = [
    ...new Map(
      bridges.flatMap((cell) => (cell.exactBridge ? [[cell.exactBridge.sigma, cell.exactBridge]] : [])),
    ).values(),
  ];
  return [
    {
      name: 'iterations-w2',
      heading: 'Bridges over their iterations',
      svg: lineChart({
        title: `W2 over the iterations of bridges on ${dataSet.name}`,
        curves: curves(({ w2 }) => w2),
        x,
        y: { label: 'W2', zero: true },
      }),
      caption: 'W2 after each iteration, of fewer points than in the table, so that all curves lie higher than there.',
    },
    {
      name: 'iterations-energy',
      heading: 'Bridges over their iterations',
      svg: lineChart({
        title: `Path energy over the iterations of bridges on ${dataSet.name}`,
        curves: curves(({ pathEnergy }) => pathEnergy),
        x,
        y: { label: 'path energy' },
        levels: [
          { name: 'W2²(p0, p1)', value: dataSet.energyFloor.mean },
          ...exact.map(({ sigma, pathEnergy }) => ({ name: `exact, σ ${sigma}`, value: pathEnergy })),
        ],
      }),
      caption:
        'Path energy after each iteration. Dashed: the exact bridge, which the iterations should come to, and the least energy of all.',
    },
  ];
}

/** The mean over the seeds at every iteration that all of them have. */
function meanOverSeeds({ seeds }: TableCell, value: (record: IterationRecord) => number): { x: number; y: number }[] {
  const runs = seeds.map(({ training }) => training.iterations);
  const count = Math.min(...runs.map(({ length }) => length));
  return Array.from({ length: count }, (_, i) => ({
    x: runs[0][i].iteration,
    y: runs.reduce((sum, run) => sum + value(run[i]), 0) / runs.length,
  }));
}

/** W2 against the number of network evaluations. */
export function evaluationsChart(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart[] {
  const curves = cells.flatMap(({ method, seeds }) => {
    const curve = seeds.find(({ judgement }) => judgement.nfeCurve.length > 0)?.judgement.nfeCurve;
    const points = curve?.map(({ nfe, w2 }) => ({ x: nfe, y: w2 }));
    return points ? [{ name: method, colour: methodColour(method), points }] : [];
  });
  if (curves.length === 0) return [];
  const ticks = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const svg = lineChart({
    title: `W2 against network evaluations on ${dataSet.name}`,
    curves,
    x: { type: 'log', label: 'network evaluations a sample', ticks, tickFormat: 'd' },
    y: { label: 'W2', ...logScale(heights(curves)) },
  });
  return [
    {
      name: 'evaluations',
      heading: 'Network evaluations, and training',
      svg,
      caption: 'W2 against the evaluations that a sample takes. Straight flows need few.',
    },
  ];
}

/** Losses of the first seed. */
export function lossChart(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart[] {
  const curves = cells.flatMap(({ method, seeds }) => {
    const points = seeds[0].training.losses.map(({ step, loss }) => ({ x: step, y: loss }));
    return points.length > 0
      ? [{ name: method, colour: methodColour(method), points: every(points, SHOWN_LOSSES) }]
      : [];
  });
  if (curves.length === 0) return [];
  const svg = lineChart({
    title: `Training losses on ${dataSet.name}`,
    curves,
    x: { label: 'step', ticks: 4, tickFormat: '~s' },
    y: { label: 'loss', ...logScale(heights(curves)) },
    dots: false,
  });
  return [
    {
      name: 'losses',
      heading: 'Network evaluations, and training',
      svg,
      caption:
        'Mean loss of the first seed. What remains is the variance of the target, which differs from method to method, not a misfit.',
    },
  ];
}

function heights(curves: readonly Curve[]): number[] {
  return curves.flatMap(({ points }) => points.map(({ y }) => y));
}

const SHOWN_LOSSES = 60;

/** At most about `count` of the points, the last of each stretch. */
function every<T>(points: readonly T[], count: number): T[] {
  const stride = Math.ceil(points.length / count);
  return points.filter((_, i) => (points.length - 1 - i) % stride === 0);
}
