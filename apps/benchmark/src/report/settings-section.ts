/** What the run was done with: settings with their origin, times, machine, versions. */
import type { RunResult, SettingOrigin } from '../results.js';
import { formatSpread } from './number-text.js';
import { escapeHtml, machineSection } from './page.js';
import { spreadOf } from './spread.js';
import type { Table, TableCell } from './table-cell.js';

type Settings = RunResult['settings'];

/** A mark for each origin. */
const ORIGIN_GLYPH: Readonly<Record<SettingOrigin, string>> = { 'published protocol': '■', inferred: '◧', ours: '□' };

/** The settings of the run and of each method. */
export function settingsSection(run: RunResult, table: Table): string {
  const legend = (Object.keys(ORIGIN_GLYPH) as SettingOrigin[]).map((origin) => `${ORIGIN_GLYPH[origin]} ${origin}`);
  return `<h2 id="settings">Settings</h2>
<p class="soft">${legend.join(' · ')}. <em>Inferred</em>: worked out from published numbers; <em>ours</em>: chosen here, where nothing was published or another value does better.</p>
${settingsList(run.settings)}
${methodSettings(run, table)}`;
}

/** Every cell with what the tables leave out. */
export function detailSection(table: Table): string {
  const head = [
    '',
    'steps',
    'Sinkhorn divergence',
    'W2² − floor²',
    'NFE',
    'training',
    'pairing',
    'sampling',
    'exact W2',
  ];
  const bodies = table.dataSets.map(({ name, samplingFloor }) => {
    const rows = table.cells
      .filter(({ dataSet }) => dataSet === name)
      .map(
        (cell) => `<tr><th scope="row">${escapeHtml(cell.method)}</th>${detailCells(cell, samplingFloor.mean)}</tr>`,
      );
    return `<tbody><tr><th scope="rowgroup" colspan="${head.length}">${escapeHtml(name)}</th></tr>${rows.join('\n')}</tbody>`;
  });
  return `<h2 id="details">Every cell</h2>
<p class="soft">Means over the seeds. The debiased Sinkhorn divergence and W2² − floor² tell methods near the floor apart better than W2 does. Training without pairing, pairing,
sampling and the exact W2 with its proof in seconds.</p>
<div class="scroll"><table class="details"><thead><tr>${head.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead>
${bodies.join('\n')}</table></div>`;
}

/** Machine, versions and engines. */
export function machineOfRun(run: RunResult): string {
  const engines = [...new Set(run.cells.map(({ training }) => training.engine))];
  return machineSection(run.machine, run.versions, engines.join(' '));
}

function settingsList(settings: Settings): string {
  const rows = Object.entries(settings).map(
    ([name, { value, origin }]) => `<dt>${escapeHtml(name)}</dt><dd>${mark(origin)} ${escapeHtml(String(value))}</dd>`,
  );
  return `<dl>${rows.join('')}</dl>`;
}

/** One row for each value of each setting, with the methods that have it. */
function methodSettings(run: RunResult, table: Table): string {
  const methods = table.methods.filter((method) => run.methodSettings[method]);
  const names = [...new Set(methods.flatMap((method) => Object.keys(run.methodSettings[method])))];
  const bodies = names.map((name) => {
    const having = methods.filter((method) => run.methodSettings[method][name]);
    const values = [...new Set(having.map((method) => JSON.stringify(run.methodSettings[method][name])))];
    const rows = values.map((text, i) => {
      const { value, origin } = JSON.parse(text) as Settings[string];
      const same = having.filter((method) => JSON.stringify(run.methodSettings[method][name]) === text);
      const title = i === 0 ? `<th scope="rowgroup" rowspan="${values.length}">${escapeHtml(name)}</th>` : '';
      const methodNames = same.length === methods.length && same.length > 1 ? 'all' : same.join(', ');
      return `<tr>${title}<td>${mark(origin)} ${escapeHtml(String(value))}</td><td class="soft">${escapeHtml(methodNames)}</td></tr>`;
    });
    return `<tbody>${rows.join('\n')}</tbody>`;
  });
  return `<h3>Of the methods</h3>
<div class="scroll"><table class="settings">${bodies.join('\n')}</table></div>`;
}

function mark(origin: SettingOrigin): string {
  return `<span class="origin" title="${origin}">${ORIGIN_GLYPH[origin]}</span>`;
}

function detailCells({ seeds, isFinished }: TableCell, floor: number): string {
  const over = (value: (seed: TableCell['seeds'][number]) => number): ReturnType<typeof spreadOf> =>
    spreadOf(seeds.map(value));
  const texts = [
    `${Math.round(over(({ training }) => training.step).mean)}${isFinished ? '' : '*'}`,
    formatSpread(
      over(({ judgement }) => judgement.sinkhornDivergence.value),
      4,
    ),
    formatSpread(
      over(({ judgement }) => judgement.w2 ** 2 - floor ** 2),
      4,
    ),
    String(Math.round(over(({ judgement }) => judgement.nfe).mean)),
    ...[
      over(({ training }) => training.trainingSeconds),
      over(({ training }) => training.pairingSeconds),
      over(({ judgement }) => judgement.samplingSeconds),
      over(({ judgement }) => judgement.w2Seconds),
    ].map(({ mean }) => (mean < 10 ? mean.toFixed(2) : mean.toFixed(0))),
  ];
  return texts.map((text) => `<td>${text}</td>`).join('');
}
