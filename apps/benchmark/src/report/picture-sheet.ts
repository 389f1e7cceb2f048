/** All pictures of one kind on one sheet: an image of its own, for pages that are not the report. */
import type { DataSetRecord } from '../results.js';
import { escapeHtml } from './page.js';
import { pictureBook, type PictureKind } from './picture.js';
import { picturedCells } from './pictured-cells.js';
import { UNITS } from './point-path.js';
import type { Table, TableCell } from './table-cell.js';

/** Draws a sheet; `undefined` where no cell of the data set has pictures. */
export function pictureSheet(table: Table, dataSet: DataSetRecord, kind: PictureKind): string | undefined {
  const shown = picturedCells(table.cells.filter((cell) => cell.dataSet === dataSet.name));
  if (shown.length === 0) return undefined;
  const book = pictureBook(
    dataSet,
    shown.map(({ pictures }) => pictures),
  );
  const panels = [
    { name: 'source and data', marks: book.marks('data') },
    ...shown.map(({ cell, pictures }) => ({ name: panelTitle(cell, kind), marks: book.marks(kind, pictures) })),
  ];
  const columns = Math.min(COLUMNS, panels.length);
  const width = columns * PITCH + GAP;
  const height = Math.ceil(panels.length / columns) * (PITCH + TITLE) + GAP;
  const groups = panels.map(({ name, marks }, i) => {
    const x = GAP + (i % columns) * PITCH;
    const y = GAP + Math.floor(i / columns) * (PITCH + TITLE);
    return `<g transform="translate(${x} ${y})"><text x="4" y="36">${escapeHtml(name)}</text>
<svg y="${TITLE}" width="${UNITS}" height="${UNITS}" overflow="hidden">${marks}<rect width="${UNITS}" height="${UNITS}" fill="none" stroke="#d5d9de" stroke-width="3"/></svg></g>`;
  });
  const title = `${kind} of every method on ${dataSet.name}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width / 2.5}" height="${height / 2.5}" role="img" aria-label="${escapeHtml(title)}" font-family="system-ui, sans-serif" font-size="34" fill="#1d2129">
<rect width="${width}" height="${height}" fill="#fff"/>
${groups.join('\n')}
</svg>
`;
}

const COLUMNS = 5;
const GAP = 24;
const PITCH = UNITS + GAP;
/** Room for the name above a panel. */
const TITLE = 52;

function panelTitle({ method, w2, energy }: TableCell, kind: PictureKind): string {
  if (kind === 'samples') return `${method}   W2 ${w2.mean.toFixed(3)}`;
  return kind === 'trajectories' ? `${method}   energy ${energy.mean.toPrecision(4)}` : method;
}
