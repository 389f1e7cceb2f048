/** The cells that have pictures. */
import type { PictureRecord } from '../results.js';
import type { TableCell } from './table-cell.js';

/** Each with the pictures of the first seed that has any. */
export function picturedCells(cells: readonly TableCell[]): { cell: TableCell; pictures: PictureRecord }[] {
  return cells.flatMap((cell) => {
    const pictures = cell.seeds.find((seed) => seed.pictures)?.pictures;
    return pictures ? [{ cell, pictures }] : [];
  });
}
