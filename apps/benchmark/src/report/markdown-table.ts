/** The tables of a run for a page of the documentation: Markdown, with the figures beside it. */
import type { RunResult } from '../results.js';
import { cellSeconds } from './cell-seconds.js';
import { formatEnergy, formatSpread, signedPercent } from './number-text.js';
import { formatDuration } from './page.js';
import { knownSpread, type Spread } from './spread.js';
import { STANDING_GLYPH, STANDING_TEXT, type Standing } from './standing.js';
import { figureName } from './table-figures.js';
import { incomparable, tableOfRun, type Table, type TableCell } from './table-cell.js';
import { verdictGlyph } from './table.js';
import { verdict } from './verdict.js';

/**
 * A page with the claims, both tables and the pictures of a run.
 *
 * @param figures - names of the figures that lie in the folder `figures` beside the page
 */
export function markdownTable(run: RunResult, figures: readonly string[]): string {
  const table = tableOfRun(run);
  const note = incomparable(run);
  const { cpu, cores, node } = run.machine;
  const legend = (Object.keys(STANDING_GLYPH) as Standing[]).map(
    (each) => `${STANDING_GLYPH[each]} ${STANDING_TEXT[each]}`,
  );
  return `# The published table, run again

\`${run.command}\` on ${plain(cpu)} (${cores} cores, Node.js ${node}), ${run.startedAt.slice(0, 10)}: ${run.cells.length} cells, ${formatDuration(cellSeconds(run))} of work for one core.
This page is written by \`pnpm report\` from [results.json](results.json), which has every number; [report.html](report.html) has every
chart.

${verdict(table)
  .map(({ text, holds, evidence }) => `- ${verdictGlyph(holds)} **${text}.** ${evidence}`)
  .join('\n')}

## W2

Each cell: this run, its mark, and the published value. ${legend.join('; ')}. The best of each column is bold.${table.cells.every(({ isFinished }) => isFinished) ? '' : ' Cells with \\* were stopped before their last step.'}${note === undefined ? '' : ` ${note}`}

${markdownGrid(table, (cell) => distanceText(cell, isBest(table, cell)), [
  'sampling floor',
  ...table.dataSets.map(({ samplingFloor }) => formatSpread(knownSpread(samplingFloor), 3)),
])}

## Path energy

Each cell: this run, the published value, NPE; for stochastic methods the energy of the exact bridge at their σ, and how far they are
from it.

${markdownGrid(table, energyText, [
  'W2²(p0, p1)',
  ...table.dataSets.map(({ energyFloor }) => formatEnergy(knownSpread(energyFloor))),
])}

${table.dataSets.map(({ name }) => pictures(name, figures)).join('\n\n')}
`;
}

function markdownGrid(table: Table, text: (cell: TableCell) => string, floor: readonly string[]): string {
  const head = ['method', ...table.dataSets.map(({ name }) => name)];
  const rows = table.methods.map((method) => [
    method,
    ...table.dataSets.map(({ name }) => {
      const cell = table.cell(name, method);
      return cell ? text(cell) : '–';
    }),
  ]);
  const lines = [head, head.map((_, k) => (k === 0 ? '---' : '---:')), ...rows, floor];
  return lines.map((line) => `| ${line.map(plain).join(' | ')} |`).join('\n');
}

function distanceText({ w2, standing, publishedW2, isFinished }: TableCell, best: boolean): string {
  const ours = `${formatSpread(w2, 3)}${isFinished ? '' : '\\*'}`;
  const published = publishedW2 ? `<br>${formatSpread(publishedW2, 3)}` : '';
  return `${best ? `**${ours}**` : ours} ${standing ? STANDING_GLYPH[standing] : ''}${published}`;
}

function energyText({ energy, publishedEnergy, npe, exactBridge }: TableCell): string {
  const lines = [
    formatEnergy(energy),
    publishedEnergy ? formatEnergy(publishedEnergy) : 'not published',
    `NPE ${npe.mean.toFixed(3)}`,
    ...(exactBridge
      ? [
          `exact, σ ${exactBridge.sigma}: ${formatEnergy(alone(exactBridge.pathEnergy))} (${signedPercent(exactBridge.deviation)})`,
        ]
      : []),
  ];
  return lines.join('<br>');
}

function pictures(dataSet: string, figures: readonly string[]): string {
  const name = figureName(dataSet);
  const shown = SHOWN.filter(({ kind }) => figures.includes(`${name}-${kind}`));
  const images = shown.map(({ kind, text }) => `![${text} on ${dataSet}](figures/${name}-${kind}.svg)`);
  return [`## ${dataSet}`, ...images].join('\n\n');
}

/** The figures that a page shows; the others are in the report. */
const SHOWN = [
  { kind: 'samples', text: 'Samples of every method' },
  { kind: 'trajectories', text: 'Trajectories of every method' },
  { kind: 'w2', text: 'W2 of every method beside the published one' },
  { kind: 'energy', text: 'Path energy of every method beside the published one' },
] as const;

function isBest(table: Table, cell: TableCell): boolean {
  const column = table.cells.filter(({ dataSet }) => dataSet === cell.dataSet);
  return column.length > 1 && column.every(({ w2 }) => w2.mean >= cell.w2.mean);
}

function alone(mean: number): Spread {
  return { mean, sd: undefined };
}

/** Text that a table cannot mistake for its own. */
function plain(text: string): string {
  return text.replaceAll('|', '\\|');
}
