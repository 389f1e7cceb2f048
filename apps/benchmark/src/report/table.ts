/** The table of a run for the terminal: mean ± SD of every cell beside the published one, and the verdict. */
import type { RunResult } from '../results.js';
import { alignedTable } from './aligned-table.js';
import { formatEnergy, formatSpread, signedPercent } from './number-text.js';
import { knownSpread } from './spread.js';
import { STANDING_GLYPH, STANDING_TEXT, type Standing } from './standing.js';
import { incomparable, tableOfRun, type Table, type TableCell } from './table-cell.js';
import { verdict } from './verdict.js';

/** Both tables and the claims, as lines of text. */
export function textTable(run: RunResult): string {
  const table = tableOfRun(run);
  const legend = (Object.keys(STANDING_GLYPH) as Standing[]).map(
    (each) => `${STANDING_GLYPH[each]} ${STANDING_TEXT[each]}`,
  );
  const note = incomparable(run);
  return [
    `W2 (ours, then as published: ${legend.join(', ')})`,
    aligned(table, distanceText, [
      'floor',
      ...table.dataSets.map(({ samplingFloor }) => formatSpread(knownSpread(samplingFloor), 3, '±')),
    ]),
    ...(note === undefined ? [] : [note]),
    '',
    'Path energy (ours, then NPE, then for stochastic methods the deviation from the exact bridge)',
    aligned(table, energyText, [
      'W2²(p0,p1)',
      ...table.dataSets.map(({ energyFloor }) => formatEnergy(knownSpread(energyFloor), '±')),
    ]),
    '',
    ...verdict(table).map(({ text, holds, evidence }) => `${verdictGlyph(holds)} ${text}: ${evidence}`),
  ].join('\n');
}

/** ✓ for what holds, ✗ for what does not, – for what the run does not decide. */
export function verdictGlyph(holds: boolean | undefined): string {
  return holds === undefined ? '–' : holds ? '✓' : '✗';
}

function aligned(table: Table, text: (cell: TableCell) => string, floor: readonly string[]): string {
  const rows = table.methods.map((method) => [
    method,
    ...table.dataSets.map(({ name }) => {
      const cell = table.cell(name, method);
      return cell ? text(cell) : '–';
    }),
  ]);
  return alignedTable(['', ...table.dataSets.map(({ name }) => name)], [...rows, floor], 1);
}

function distanceText({ w2, standing, publishedW2, isFinished }: TableCell): string {
  const published = publishedW2 ? formatSpread(publishedW2, 3, '±') : '';
  const glyph = standing ? STANDING_GLYPH[standing] : ' ';
  return `${formatSpread(w2, 3, '±')}${isFinished ? '' : '*'} ${glyph} ${published}`.trimEnd();
}

function energyText({ energy, npe, exactBridge }: TableCell): string {
  const deviation = exactBridge ? ` ${signedPercent(exactBridge.deviation)}` : '';
  return `${formatEnergy(energy, '±')} ${npe.mean.toFixed(3)}${deviation}`;
}
