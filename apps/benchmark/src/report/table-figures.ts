/** The figures of a report as images of their own. */
import type { RunResult } from '../results.js';
import { dataSetCharts } from './data-set-charts.js';
import { pictureSheet } from './picture-sheet.js';
import { tableOfRun } from './table-cell.js';

/** An image for each, by the names of files without their endings: `moons-samples`, `moons-w2`, …; all are SVG. */
export function tableFigures(run: RunResult): Map<string, string> {
  const table = tableOfRun(run);
  const figures = new Map<string, string>();
  for (const dataSet of table.dataSets) {
    const name = figureName(dataSet.name);
    for (const kind of ['samples', 'trajectories', 'coupling'] as const) {
      const sheet = pictureSheet(table, dataSet, kind);
      if (sheet !== undefined) figures.set(`${name}-${kind}`, sheet);
    }
    const cells = table.cells.filter((cell) => cell.dataSet === dataSet.name);
    for (const chart of dataSetCharts(run, dataSet, cells)) figures.set(`${name}-${chart.name}`, onWhite(chart.svg));
  }
  return figures;
}

/** The name of a data set in the names of its figures. */
export function figureName(dataSet: string): string {
  return dataSet.replace('→', '-to-').replace(/[^\w-]/g, '');
}

/** A page may be dark, the axes of a chart are too. */
function onWhite(svg: string): string {
  return `${svg.replace('>', '><rect width="100%" height="100%" fill="#fff"/>')}\n`;
}
