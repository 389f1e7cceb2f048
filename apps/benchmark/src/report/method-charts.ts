/** Charts with one row for each method. */
import type { DataSetRecord } from '../results.js';
import type { Chart } from './chart.js';
import { dotPlot } from './dot-plot.js';
import { logScale } from './log-scale.js';
import { methodColour } from './method-colour.js';
import { knownSpread, type Spread } from './spread.js';
import type { TableCell } from './table-cell.js';

/** W2 of every method beside the published one and the floor. */
export function distanceChart(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart {
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
    name: 'w2',
    heading: HEADING,
    svg,
    caption: 'W2: dots are ours with every seed, ◇ published, both with one SD. The band is the sampling floor.',
  };
}

/** Path energy of every method beside the published one, the least possible one, and that of the exact bridge. */
export function energyChart(dataSet: DataSetRecord, cells: readonly TableCell[]): Chart {
  const rows = cells.map(({ method, energy, publishedEnergy, exactBridge, seeds }) => ({
    method,
    colour: methodColour(method),
    values: seeds.map(({ judgement }) => judgement.pathEnergy),
    spread: energy,
    published: publishedEnergy,
    exact: exactBridge?.pathEnergy,
  }));
  const ends = ({ mean, sd = 0 }: Spread): number[] => [mean - sd, mean, mean + sd];
  const all = rows.flatMap(({ values, spread, published }) => [
    ...values,
    ...ends(spread),
    ...(published ? ends(published) : []),
    dataSet.energyFloor.mean,
  ]);
  const isWide = Math.min(...all) > 0 && Math.max(...all) > 2.5 * Math.min(...all);
  const svg = dotPlot({
    title: `Path energy of every method on ${dataSet.name}, beside the published one and the least possible`,
    rows,
    x: isWide ? { label: 'path energy', ...logScale(all), nice: false } : { label: 'path energy' },
    floor: { ...knownSpread(dataSet.energyFloor), name: 'W2²(p0, p1)' },
  });
  return {
    name: 'energy',
    heading: HEADING,
    svg,
    caption: 'Path energy, likewise. Black ticks: the exact bridge at the σ of the method.',
  };
}

const HEADING = 'Every method';
