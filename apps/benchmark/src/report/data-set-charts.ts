/** All charts of a data set; those without data are left out. */
import type { DataSetRecord, RunResult } from '../results.js';
import type { Chart } from './chart.js';
import { distanceChart, energyChart } from './method-charts.js';
import { sweepCharts } from './sweep-charts.js';
import type { TableCell } from './table-cell.js';
import { evaluationsChart, iterationCharts, lossChart } from './training-charts.js';

/** In the order of the page. */
export function dataSetCharts(run: RunResult, dataSet: DataSetRecord, cells: readonly TableCell[]): Chart[] {
  if (cells.length === 0) return [];
  return [
    distanceChart(dataSet, cells),
    energyChart(dataSet, cells),
    ...iterationCharts(dataSet, cells),
    ...evaluationsChart(dataSet, cells),
    ...lossChart(dataSet, cells),
    ...sweepCharts(run, dataSet),
  ];
}
