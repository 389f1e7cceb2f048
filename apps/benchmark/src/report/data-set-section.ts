/** One data set: the pictures of every method, then what they cost and how near they come. */
import { publishedW2 } from '../published.js';
import type { DataSetRecord, PictureRecord, RunResult } from '../results.js';
import type { Chart } from './chart.js';
import { colourKey, COLOURS } from './drawing.js';
import { dataSetCharts } from './data-set-charts.js';
import { formatEnergy } from './number-text.js';
import { escapeHtml } from './page.js';
import { picturedCells } from './pictured-cells.js';
import { pictureBook, pictureSvg, type PictureKind } from './picture.js';
import { STANDING_GLYPH } from './standing.js';
import type { Table, TableCell } from './table-cell.js';

/** The whole section of a data set. */
export function dataSetSection(run: RunResult, table: Table, dataSet: DataSetRecord): string {
  const cells = table.cells.filter((cell) => cell.dataSet === dataSet.name);
  const index = table.dataSets.indexOf(dataSet);
  const shown = picturedCells(cells);
  const book = pictureBook(
    dataSet,
    shown.map(({ pictures }) => pictures),
    `cloud-${index}`,
  );
  const panel = (kind: PictureKind, caption: string, title: string, pictures?: PictureRecord): string =>
    `<figure>${pictureSvg(book.marks(kind, pictures), title)}<figcaption>${caption}</figcaption></figure>`;
  const panels = (kind: PictureKind, caption: (cell: TableCell) => string, what: string): string =>
    table.methods
      .map((method) => {
        const found = shown.find(({ cell }) => cell.method === method);
        if (!found) return emptyPanel(method, dataSet.name);
        const name = `<b>${escapeHtml(method)}</b> ${caption(found.cell)}`;
        return panel(kind, name, `${what} of ${method} on ${dataSet.name}`, found.pictures);
      })
      .join('\n');
  const grid = table.methods.length < 4 ? 'panels few' : 'panels';
  const first = panel('data', '<b>source</b> and <b>data</b>', `Source and data of ${dataSet.name}`);
  return `<section><h2 id="data-${index}">${escapeHtml(dataSet.name)}</h2>
${book.definitions}
<h3>Samples</h3>
<p class="soft">${colourKey(COLOURS.generated, 'generated')} over ${colourKey(COLOURS.data, 'held-out data')}; the number is W2.</p>
<div class="${grid}">${first}${panels('samples', distanceCaption, 'Samples')}</div>
<h3>Trajectories</h3>
<p class="soft">From ${colourKey(COLOURS.source, 'source')} to ${colourKey(COLOURS.generated, 'generated')}, in the steps that are judged; the number is the path energy. Straight paths that do not cross cost least; bridges
walk with noise.</p>
<div class="${grid}">${panels('trajectories', ({ energy }) => formatEnergy({ mean: energy.mean, sd: undefined }), 'Trajectories')}</div>
<h3>Couplings</h3>
<p class="soft">${colourKey(COLOURS.source, 'Source')} paired with ${colourKey(COLOURS.data, 'data')}: some pairs of the last coupling that the method was trained with.</p>
<div class="${grid}">${panels('coupling', () => '', 'Coupling')}</div>
${chartRows(dataSetCharts(run, dataSet, cells))}</section>`;
}

/** Charts of one heading stand together. */
function chartRows(charts: readonly Chart[]): string {
  return [...new Set(charts.map(({ heading }) => heading))]
    .map((heading) => {
      const figures = charts
        .filter((chart) => chart.heading === heading)
        .map(({ svg, caption }) => `<figure>${svg}<figcaption>${caption}</figcaption></figure>`);
      return `<h3>${heading}</h3>\n<div class="charts">${figures.join('\n')}</div>`;
    })
    .join('\n');
}

function distanceCaption({ w2, standing }: TableCell): string {
  return `${w2.mean.toFixed(3)}${standing ? ` <span class="${standing}">${STANDING_GLYPH[standing]}</span>` : ''}`;
}

/** The place of a method without pictures, so that the others keep theirs. */
function emptyPanel(method: string, dataSet: string): string {
  const reason = publishedW2(dataSet, method) ? 'not in this run' : 'starts from a Gaussian only';
  return `<figure><div class="none">${reason}</div><figcaption><b>${escapeHtml(method)}</b></figcaption></figure>`;
}
