/** The page of the exact suite. */
import { colourKey, COLOURS } from '../../report/drawing.js';
import { escapeHtml, htmlTable } from '../../report/page.js';
import { exactSeries, type ExactSeries } from '../exact/exact-figures.js';
import type { BenchResult, CellRecord } from '../results.js';
import { roundsFigure } from './bench-figure.js';
import { benchFrame } from './bench-frame.js';
import { benchTable, type TextTable } from './bench-table.js';
import { seriesCharts } from './exact-charts.js';
import {
  certificateTable,
  firstCallSentence,
  growthSentence,
  ratioTable,
  remarks,
  seriesTable,
} from './exact-tables.js';

/** The whole page as text. */
export function exactPage(result: BenchResult): string {
  return benchFrame(
    result,
    `${table(ratioTable(result), 1)}
<p class="legend">${colourKey(COLOURS.ours, 'ours; dashed: without the certificate')}${colourKey(COLOURS.peer, 'POT; dashed: SciPy')}</p>
${exactSeries(result.cells).map(seriesSection).join('\n')}
${result.cells
  .filter(({ place }) => place === undefined)
  .map(otherSection)
  .join('\n')}`,
    `Each cell has processes of its own, one on each side. They take turns, round by round, at most ${result.rounds} times and as often as ten seconds
allow; the ratio is that of both sides in the same round, in the median over the rounds, and beside it that of the least times. Before any
timing both sides solve the problem, and the costs must agree to nine digits; a way other than emd that takes more than a second, and twice
as long as another of the same side, takes part in no round, and its time is that of its trial. Growth is the slope of a line through the logarithms. Memory is resident, of
the whole process with its language and libraries: before the first plan, and at most up to the end of it. The certificate is computed from the
plan and the potentials alone, over all pairs; <em>gap</em> is primal − dual, <em>worst violation</em> the largest
<i>f<sub>i</sub></i> + <i>g<sub>j</sub></i> − <i>c<sub>ij</sub></i>. A plan with the right
marginals costs at most the gap, and the worst violation where it is positive, more than the best plan of mass 1.`,
  );
}

function seriesSection(series: ExactSeries): string {
  const certificates = certificateTable(series.figures, ({ cell }) => cell.place!.size.toLocaleString('en'));
  return `<h2>${escapeHtml(series.name)}</h2>
${paragraph(growthSentence(series))}
${seriesCharts(series)}
${table(seriesTable(series), 0)}
${certificates.rows.length === 0 ? '' : `<h3>Certificates</h3>${table(certificates, 0)}`}
${series.figures
  .flatMap(({ cell }) => remarks(cell))
  .map(paragraph)
  .join('')}`;
}

function otherSection(cell: CellRecord): string {
  return `<h2>${escapeHtml(cell.title)}</h2>
${paragraph(firstCallSentence(cell))}
<figure>${roundsFigure(cell) ?? ''}</figure>
${table(benchTable(cell), 3)}
${remarks(cell).map(paragraph).join('')}`;
}

function table({ head, rows }: TextTable, left: number): string {
  return rows.length === 0 ? '' : htmlTable(head, rows, left, (_, column) => head[column] === '÷ POT');
}

function paragraph(text: string): string {
  return text === '' ? '' : `<p class="soft">${escapeHtml(text)}</p>`;
}
