/** The page of a bench. */
import { colourKey, COLOURS } from '../../report/drawing.js';
import { escapeHtml, htmlTable } from '../../report/page.js';
import { TOLERANCE } from '../agreement.js';
import { bestPeer } from '../compare-rows.js';
import type { BenchResult, CellRecord } from '../results.js';
import { roundsFigure } from './bench-figure.js';
import { benchFrame } from './bench-frame.js';
import { benchTable, firstLine, summaryTable } from './bench-table.js';

/** The whole page as text. */
export function benchPage(result: BenchResult): string {
  return benchFrame(
    result,
    `${summarySection(result)}
<p class="soft">${colourKey(COLOURS.ours, 'ours')}${colourKey(COLOURS.peer, 'rivals')}. Dots: the median of each round; bar: the median of all samples.</p>
${result.cells.map(cellSection).join('\n')}`,
    `Each contender is a process. They take turns, round by round (--rounds ${result.rounds}), in an order that rotates, while the others wait; the ratio is that of two
contenders in the same round, its median over the rounds stands in the table, with its least and greatest value. The best rival is the quickest row of
the other side by its median. Variants of a row were tried beforehand, and the quickest is the one that took part. <em>Busy when idle</em> is the share of
a core that a process used when it was not its turn. Of ours, <em>fused</em> has fused multiply-add, <em>256-bit</em> has vectors joined in pairs,
<em>both</em> has both; the first column has neither. Before any timing, answers to the same input were compared; they may differ by
${TOLERANCE} in the Euclidean norm.`,
  );
}

function summarySection(result: BenchResult): string {
  const { head, rows } = summaryTable(result);
  return rows.length === 0 ? '' : htmlTable(head, rows, 1, (_, column) => head[column] === 'ours ÷ rival');
}

function cellSection(cell: CellRecord): string {
  const heading = `<h2>${escapeHtml(cell.title)}</h2>`;
  if (cell.error !== undefined) return `${heading}<p>${escapeHtml(cell.error)}</p>`;
  const best = bestPeer(cell);
  const table = benchTable(cell);
  const isBest = (i: number, column: number): boolean => cell.rows[i] === best && table.head[column] === 'median ms';
  return `${heading}
<figure>${roundsFigure(cell) ?? ''}</figure>
${htmlTable(table.head, table.rows, 3, isBest)}
<p class="soft">${escapeHtml([agreementText(cell), triedText(cell), ...cell.notes.map(firstLine)].filter(Boolean).join(' '))}</p>`;
}

/** How well the answers agreed, in a sentence. */
function agreementText({ agreements }: CellRecord): string {
  const quantities = [...new Set(agreements.map(({ quantity }) => quantity))];
  const worst = quantities.map((quantity) => {
    const errors = agreements.filter((each) => each.quantity === quantity).map(({ error }) => error);
    return `${quantity} to ${Math.max(...errors).toExponential(0)}`;
  });
  return worst.length === 0 ? '' : `Answers agree: ${worst.join(', ')}.`;
}

/** The variants of rows that had several. */
function triedText({ rows }: CellRecord): string {
  const texts = rows
    .filter(({ tried }) => tried.length > 1)
    .map(({ name, threads, group, tried }) => {
      const list = tried.map(({ variant, milliseconds }) => `${variant} ${milliseconds.toPrecision(3)}`);
      return `${name}, ${threads}, ${group}: ${list.join(', ')}`;
    });
  return texts.length === 0 ? '' : `Tried, in ms: ${texts.join('; ')}.`;
}
