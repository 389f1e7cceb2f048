/** The charts of a data set. A chart without data is left out. */
import type { DataSetRecord, IterationRecord, RunResult } from '../results.js';
import { dotPlot } from './dot-plot.js';
import { lineChart, type Curve } from './line-chart.js';
import { logScale } from './log-scale.js';
import { methodColour } from './method-colour.js';
import { knownSpread } from './spread.js';
import { sweepCharts } from './sweep-charts.js';
import type { TableCell } from './table-cell.js';

/** A chart with what to see in it. */
export interface Chart {
  svg: string;
  caption: string;
}

/** All charts, two in a row. */
export function dataSetCharts(run: RunResult, dataSet: DataSetRecord, cells: readonly TableCell[]): string {
  const nfe = nfeChart(dataSet, cells);
  const loss = lossChart(dataSet, cells);
  const rows: { heading: string; charts: (Chart | undefined)[] }[] = [
    { heading: 'Every method', charts: [distanceDots(dataSet, cells), energyDots(dataSet, cells)] },
    { heading: 'Bridges over their iterations', charts: iterationCharts(dataSet, cells) },
    { heading: 'Network evaluations, and training', charts: [nfe, loss] },
    { heading: 'Noise of the reference', charts: sweepCharts(run, dataSet) },
  ];
  return rows
    .map(({ heading, charts }) => {
      const drawn = charts.flatMap((chart) => (chart ? captioned(chart) : []));
      return drawn.length === 0 ? '' : `<h3>${heading}</h3>\n<div class="charts">${drawn.join('\n')}</div>`;
    })
    .join('\n');
}

function captioned({ svg, caption }: Chart): string {
  return `<figure>${svg}<figcaption>${caption}</figcaption></figure>`;
}

function distanceDots(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart {
  const rows = cells.map(({ method, w2, publishedW2, seeds }) => ({
    method,
    colour: methodColour(method),
    values: seeds.map(({ judgement }) => judgement.w2),
    spread: w2,
    published: publishedW2,
  }));
  const svg = dotPlot({
    title: `W2 of every method on ${dataSet.name}, beside the published one and the sampling floor`,
    rows,
    x: { label: 'W2' },
    floor: { ...knownSpread(dataSet.samplingFloor), name: 'floor' },
  });
  return {
    svg,
    caption: 'W2: dots are ours with every seed, ◇ published, both with one SD. The band is the sampling floor.',
  };
}

function energyDots(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart {
  const rows = cells.map(({ method, energy, publishedEnergy, exactBridge, seeds }) => ({
    method,
    colour: methodColour(method),
    values: seeds.map(({ judgement }) => judgement.pathEnergy),
    spread: energy,
    published: publishedEnergy,
    exact: exactBridge?.pathEnergy,
  }));
  const all = rows.flatMap(({ values, published }) => [
    ...values,
    ...(published ? [published.mean - published.sd, published.mean + published.sd] : []),
    dataSet.energyFloor.mean,
  ]);
  const isWide = Math.max(...all) > 2.5 * Math.min(...all);
  const svg = dotPlot({
    title: `Path energy of every method on ${dataSet.name}, beside the published one and the least possible`,
    rows,
    x: isWide ? { label: 'path energy', ...logScale(all), nice: false } : { label: 'path energy' },
    floor: { ...knownSpread(dataSet.energyFloor), name: 'W2²(p0, p1)' },
  });
  return { svg, caption: 'Path energy, likewise. Black ticks: the exact bridge at the σ of the method.' };
}

function iterationCharts(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart[] {
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
      svg: lineChart({
        title: `W2 over the iterations of bridges on ${dataSet.name}`,
        curves: curves(({ w2 }) => w2),
        x,
        y: { label: 'W2', zero: true },
      }),
      caption: 'W2 after each iteration, of fewer points than in the table, so that all curves lie higher than there.',
    },
    {
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

function nfeChart(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart | undefined {
  const curves = cells.flatMap(({ method, seeds }) => {
    const curve = seeds.find(({ judgement }) => judgement.nfeCurve.length > 0)?.judgement.nfeCurve;
    const points = curve?.map(({ nfe, w2 }) => ({ x: nfe, y: w2 }));
    return points ? [{ name: method, colour: methodColour(method), points }] : [];
  });
  if (curves.length === 0) return undefined;
  const ticks = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const svg = lineChart({
    title: `W2 against network evaluations on ${dataSet.name}`,
    curves,
    x: { type: 'log', label: 'network evaluations a sample', ticks, tickFormat: 'd' },
    y: { label: 'W2', ...logScale(heights(curves)) },
  });
  return { svg, caption: 'W2 against the evaluations that a sample takes. Straight flows need few.' };
}

function lossChart(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart | undefined {
  const curves = cells.flatMap(({ method, seeds }) => {
    const points = seeds[0].training.losses.map(({ step, loss }) => ({ x: step, y: loss }));
    return points.length > 0
      ? [{ name: method, colour: methodColour(method), points: every(points, SHOWN_LOSSES) }]
      : [];
  });
  if (curves.length === 0) return undefined;
  const svg = lineChart({
    title: `Training losses on ${dataSet.name}`,
    curves,
    x: { label: 'step', ticks: 4, tickFormat: '~s' },
    y: { label: 'loss', ...logScale(heights(curves)) },
    dots: false,
  });
  return {
    svg,
    caption:
      'Mean loss of the first seed. What remains is the variance of the target, which differs from method to method, not a misfit.',
  };
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
