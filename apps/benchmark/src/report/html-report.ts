/** The page of a run. */
import { publishedW2 } from '../published.js';
import type { CellResult, DataSetRecord, RunResult } from '../results.js';
import { COLOURS } from './drawing.js';
import { couplingFigure, distanceFigure, lossFigure, samplesFigure, trajectoriesFigure } from './figures.js';
import { escapeHtml, formatDuration, htmlPage, htmlTable, machineSection } from './page.js';
import { TABLE_HEAD, tableRows } from './table.js';

const STATUS_NOTE: Record<RunResult['status'], string> = {
  finished: '',
  'time-limit': '; some cells were stopped by the time limit, their steps are in the table',
  aborted: '; interrupted before the last step',
};

/** The whole page as text. */
export function htmlReport(run: RunResult): string {
  return htmlPage(
    'Flows between point clouds',
    `<p class="soft">Trained, sampled and judged in ${formatDuration(run.seconds)}, ${escapeHtml(run.startedAt.slice(0, 16).replace('T', ' '))} UTC${STATUS_NOTE[run.status]}.</p>
<p>Each network learns the velocity of a flow from a standard Gaussian to the data. CFM pairs noise and data at random; OT-CFM pairs each minibatch by exact
optimal transport, so that its paths cross less and cost less energy. W2 compares generated with held-out samples, by an exact solver with a proof.</p>
${tableSection(run)}
${run.dataSets.map((dataSet) => dataSetSection(run, dataSet)).join('\n')}
${settingsSection(run)}`,
  );
}

function tableSection(run: RunResult): string {
  const rows = tableRows(run);
  const best = (column: number, i: number): boolean => {
    const rivals = rows.filter((row) => row[0] === rows[i][0]).map((row) => Number(row[column]));
    return rivals.length > 1 && Number(rows[i][column]) === Math.min(...rivals);
  };
  const isJudged = (column: number): boolean => ['W2', 'NPE'].includes(TABLE_HEAD[column]);
  const isBest = (i: number, column: number): boolean => isJudged(column) && best(column, i);
  return `<h2>The table</h2>
${htmlTable(TABLE_HEAD, rows, 2, isBest)}
<p class="soft">The best of each data set is coloured. <em>Floor</em>: W2 between independent draws of the data and the test sample; no method can be expected below it.
<em>W2²(p0,p1)</em>: the least path energy, between a noise and a data sample. NPE = |path energy − W2²| / W2²; an energy below W2² is an error of
training or sampling, not a gain. Seconds of training exclude pairing.
Published: mean ± standard deviation over 5 seeds (Shi et al., NeurIPS 2023, table 2); this run has one seed.</p>`;
}

function dataSetSection(run: RunResult, dataSet: DataSetRecord): string {
  const cells = run.cells.filter(({ settings }) => settings.dataSet === dataSet.name);
  return `<h2>${escapeHtml(dataSet.name)}</h2>
<p class="soft">${key(COLOURS.source)}source${key(COLOURS.data)}data${key(COLOURS.generated)}generated${key(COLOURS.pair)}coupling</p>
${cells.map((cell) => cellPanels(cell, dataSet)).join('\n')}
<h3>Distance to the data</h3>
<figure>${distanceFigure(
    cells,
    dataSet,
    cells.map(({ settings }) => publishedW2(settings.dataSet, settings.method).mean),
  )}
<figcaption>W2 of this run (dot) and as published (diamond); nearer to the dashed floor is better.</figcaption></figure>
<h3>Loss</h3>
<figure>${lossFigure(cells, dataSet)}
<figcaption>Mean squared error per window of steps. What remains is the variance of the target, not a misfit: a coupling that crosses less leaves less.</figcaption></figure>`;
}

function cellPanels(cell: CellResult, dataSet: DataSetRecord): string {
  const { settings, pictures } = cell;
  return `<h3>${settings.method}</h3>
<div class="panels">
<figure>${couplingFigure(cell, dataSet)}<figcaption>Coupling: a minibatch of ${pictures.pairs.length / 4}, paired as in training.</figcaption></figure>
<figure>${trajectoriesFigure(cell, dataSet)}<figcaption>Field: ${pictures.paths.length} paths of the learned flow.</figcaption></figure>
<figure>${samplesFigure(cell, dataSet)}<figcaption>Samples: ${pictures.generated.length / 2} of ${settings.samples} generated points over as many test points.</figcaption></figure>
</div>`;
}

function settingsSection(run: RunResult): string {
  const rows = Object.entries(run.settings).map(
    ([name, { value, origin }]) =>
      `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd><dd class="soft">${origin}</dd>`,
  );
  const engines = [...new Set(run.cells.map(({ training }) => training.engine))];
  const violation = Math.max(...run.cells.map(({ judgement }) => judgement.w2RelativeViolation));
  return `<h2>Settings</h2>
<dl>${rows.join('')}</dl>
<h3>Proof</h3>
<p>The worst violation of optimality over all pairs, in every W2 of the table, is ${violation.toExponential(1)} of the largest cost.</p>
${machineSection(run.machine, run.versions, engines.join(' '))}`;
}

function key(colour: string): string {
  return `<span class="key" style="background:${colour}"></span>`;
}
