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
  const methods = table.methods.flatMap((method) => {
    const settings = run.methodSettings[method];
    return settings ? `<div><h3>${escapeHtml(method)}</h3>${settingsList(settings)}</div>` : [];
  });
  return `<h2 id="settings">Settings</h2>
<p class="soft">${legend.join(' · ')}. <em>Inferred</em>: worked out from published numbers; <em>ours</em>: never published, chosen here.</p>
${settingsList(run.settings)}
<div class="cards">${methods.join('\n')}</div>`;
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
    ([name, { value, origin }]) =>
      `<dt>${escapeHtml(name)}</dt><dd><span class="origin" title="${origin}">${ORIGIN_GLYPH[origin]}</span> ${escapeHtml(String(value))}</dd>`,
  );
  return `<dl>${rows.join('')}</dl>`;
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
