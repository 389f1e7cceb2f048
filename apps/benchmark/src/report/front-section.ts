/** The front of the report: what the run shows, and both tables. */
import type { RunResult } from '../results.js';
import { cellSeconds } from './cell-seconds.js';
import { escapeHtml, formatDuration } from './page.js';
import { formatEnergy, formatSpread, signedPercent } from './number-text.js';
import { knownSpread } from './spread.js';
import { STANDING_GLYPH, STANDING_TEXT, type Standing } from './standing.js';
import { verdictGlyph } from './table.js';
import { incomparable, type Table, type TableCell } from './table-cell.js';
import { BRIDGE_LIMIT, isBelowFloor, NPE_LIMIT, verdict } from './verdict.js';

const STATUS_NOTE: Record<RunResult['status'], string> = {
  finished: '',
  'time-limit': '; cells with * were stopped by the time limit',
  aborted: '; interrupted, so that cells are missing or were stopped early (*)',
  failed: '; some cells failed',
};

/** When, how, how long. */
export function introduction(run: RunResult, table: Table): string {
  const seeds = [...new Set(run.cells.map(({ settings }) => settings.seed))];
  const count = `${run.cells.length} cell${run.cells.length === 1 ? '' : 's'}: ${table.methods.length} methods, ${table.dataSets.length} data sets, ${
    seeds.length === 1 ? `the seed ${seeds[0]}, so that there are no deviations` : `seeds ${seeds.join(', ')}`
  }`;
  return `<p class="soft"><code>${escapeHtml(run.command)}</code> · ${escapeHtml(run.startedAt.slice(0, 10))}${STATUS_NOTE[run.status]} · ${count}; ${formatDuration(cellSeconds(run))} of work for one core.</p>
<p>A flow or a bridge carries points of one law to another. Each method is trained, carries fresh points in 20 steps, and is judged twice: by
W2, the exact Wasserstein distance between what arrives and held-out data, and by its path energy, which no method can bring below the squared
distance of the two laws. Beside every number stands the one of the published table (Shi et al., NeurIPS 2023, table 2: mean and standard
deviation over 5 seeds).</p>`;
}

/** The cells that are missing because they failed; nothing where there are none. */
export function failureSection({ failures }: Pick<RunResult, 'failures'>): string {
  const items = failures.map(({ cell, reason }) => `<li>${escapeHtml(cell)}: ${escapeHtml(reason)}</li>`);
  return failures.length === 0 ? '' : `<h2>Failed</h2>\n<ul>${items.join('')}</ul>`;
}

/** The claims with their numbers. */
export function verdictSection(table: Table): string {
  const items = verdict(table).map(({ text, holds, evidence }) => {
    const [kind, word] =
      holds === undefined ? ['open', 'Not decided'] : holds ? ['better', 'Holds'] : ['worse', 'Does not hold'];
    return `<li class="${kind}"><span class="mark" title="${word}">${verdictGlyph(holds)}</span><div><strong>${escapeHtml(text)}</strong><br>
<span class="soft">${word}. ${escapeHtml(evidence)}</span></div></li>`;
  });
  return `<h2 id="verdict">What it shows</h2>
<ul class="verdict">${items.join('\n')}</ul>`;
}

/** W2 of every cell. */
export function distanceTable(run: RunResult, table: Table): string {
  const note = incomparable(run);
  const best = bestOf(table, ({ w2 }) => w2.mean);
  const floor = table.dataSets.map(({ samplingFloor }) => `<td>${formatSpread(knownSpread(samplingFloor), 3)}</td>`);
  const cell = (each: TableCell): string => {
    const { standing, w2, publishedW2, isFinished, seeds } = each;
    const classes = [standing, best.has(each) ? 'best' : undefined].filter(Boolean).join(' ');
    const published = publishedW2 ? formatSpread(publishedW2, 3) : 'not published';
    const missing = seeds.length < table.seedCount ? `<br>${seeds.length} of ${table.seedCount} seeds` : '';
    return `<td class="${classes}">${mark(standing)}<b>${formatSpread(w2, 3)}${isFinished ? '' : '*'}</b><br><small>${published}${missing}</small></td>`;
  };
  const legend = (Object.keys(STANDING_GLYPH) as Standing[]).map(
    (each) => `<span class="${each}">${mark(each)} ${STANDING_TEXT[each]}</span>`,
  );
  return `<h2 id="w2">W2</h2>
${grid(table, cell, `<tr class="floor"><th scope="row">sampling floor</th>${floor.join('')}</tr>`)}
<p class="legend">${legend.join(' ')} <span><b class="frame">best of the column</b></span></p>
<p class="soft">Upper line: this run; lower line: published. Less is better. <em>Sampling floor</em>: W2 between independent draws of the data and the test
sample; no method can be expected below it.${note === undefined ? '' : ` <strong>${note}</strong>`}</p>`;
}

/** Path energy of every cell. */
export function energyTable(table: Table): string {
  const floor = table.dataSets.map(({ energyFloor }) => `<td>${formatEnergy(knownSpread(energyFloor))}</td>`);
  const cell = (each: TableCell): string => {
    const { energy, npe, publishedEnergy, exactBridge } = each;
    const lines = [
      publishedEnergy ? formatEnergy(publishedEnergy) : 'not published',
      `NPE ${npe.mean.toFixed(3)}`,
      exactBridge && bridgeLine(exactBridge),
    ].filter(Boolean);
    const kind = energyStanding(each, isBelowFloor(each) === true);
    return `<td class="${kind ?? ''}">${mark(kind, kind === 'better' ? 'as it should be' : 'not as it should be')}<b>${formatEnergy(energy)}</b><br><small>${lines.join('<br>')}</small></td>`;
  };
  return `<h2 id="energy">Path energy</h2>
${grid(table, cell, `<tr class="floor"><th scope="row">W2²(p0, p1)</th>${floor.join('')}</tr>`)}
<p class="legend"><span class="better">${mark('better')} as it should be</span> <span class="worse">${mark('worse')} not</span></p>
<p class="soft">Upper line: this run; then as published; NPE = |energy − W2²| / W2². OT-CFM aims at NPE 0 and is marked by NPE ≤ ${NPE_LIMIT}. A bridge has noise and
cannot reach it: what it aims at is the energy of the exact bridge at its σ, computed without a network, and it is marked by ${100 * BRIDGE_LIMIT} % around that. FM, CFM
and RF aim at neither. Any energy below W2² by more than two standard errors is an error of training and marked ✗.</p>`;
}

function bridgeLine({ sigma, pathEnergy, deviation }: NonNullable<TableCell['exactBridge']>): string {
  const exact = formatEnergy({ mean: pathEnergy, sd: undefined });
  return `exact, σ ${sigma}: ${exact} (${signedPercent(deviation)})`;
}

function energyStanding({ method, npe, exactBridge }: TableCell, isBelow: boolean): Standing | undefined {
  if (isBelow) return 'worse';
  if (exactBridge) return Math.abs(exactBridge.deviation) <= BRIDGE_LIMIT ? 'better' : 'worse';
  if (method === 'OT-CFM') return npe.mean <= NPE_LIMIT ? 'better' : 'worse';
  return undefined;
}

function grid(table: Table, cell: (each: TableCell) => string, floor: string): string {
  const head = table.dataSets.map(({ name }) => `<th scope="col">${escapeHtml(name)}</th>`);
  const rows = table.methods.map((method) => {
    const cells = table.dataSets.map(({ name }) => {
      const each = table.cell(name, method);
      return each ? cell(each) : '<td class="soft">–</td>';
    });
    return `<tr><th scope="row">${escapeHtml(method)}</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table class="standings"><thead><tr><td></td>${head.join('')}</tr></thead>
<tbody>${rows.join('\n')}
${floor}</tbody></table></div>`;
}

/** The least of every column that has a choice. */
function bestOf(table: Table, value: (cell: TableCell) => number): Set<TableCell> {
  return new Set(
    table.dataSets.flatMap(({ name }) => {
      const column = table.cells.filter(({ dataSet }) => dataSet === name);
      const least = Math.min(...column.map(value));
      return column.length > 1 ? column.filter((cell) => value(cell) === least) : [];
    }),
  );
}

function mark(standing: Standing | undefined, title = standing && STANDING_TEXT[standing]): string {
  return standing ? `<span class="mark" title="${title}">${STANDING_GLYPH[standing]}</span>` : '';
}
