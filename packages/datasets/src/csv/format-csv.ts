import {
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkNumericArray,
  checkOptions,
  describeValue,
} from '@brenier/errors';
import Papa from 'papaparse';
import type { PointCloud } from '../point-cloud.js';
import { checkDelimiter, type CsvDelimiter } from './delimiter.js';

/** Options of {@link formatCsv}. */
export interface FormatCsvOptions {
  /** Names of the columns for a first line, one for each coordinate; default none, and no such line. */
  readonly columns?: readonly string[];
  /** What stands between two fields; default a comma. */
  readonly delimiter?: CsvDelimiter;
}

/**
 * Writes a cloud as the text of a CSV file: a line is a point, a column a coordinate.
 *
 * A number has the fewest digits that read back to its bits, at most 17; minus zero keeps its sign. Lines end in LF.
 *
 * @param cloud - finite numbers, at least one point
 * @param options - names of columns, and the delimiter
 * @returns the text; O(count · dim)
 * @throws TypeError or RangeError where the cloud is none, has a number that is not finite, or not one name for each coordinate
 *
 * @example
 * Written and read back.
 * ```ts
 * import { formatCsv, parseCsv } from '@brenier/datasets/files';
 *
 * const cloud = { points: Float64Array.of(0.1, -0, 1 / 3, 1e21), count: 2, dim: 2 };
 * const text = formatCsv(cloud, { columns: ['x', 'y'] });
 * text; // => 'x,y\n0.1,-0\n0.3333333333333333,1e+21\n'
 * parseCsv(text, { header: true }).points[2] === 1 / 3; // => true
 * ```
 */
export function formatCsv(cloud: PointCloud, options?: FormatCsvOptions): string {
  const { columns, delimiter: given } = checkOptions('options', options, ['columns', 'delimiter']);
  const delimiter = checkDelimiter(given);
  const { points, count, dim } = checkCloud(cloud);
  const lines = columns === undefined ? [] : [headerLine(checkColumns(columns, dim), delimiter)];
  for (let i = 0; i < count; i++) {
    lines.push(Array.from(points.subarray(i * dim, (i + 1) * dim), textOf).join(delimiter));
  }
  return `${lines.join('\n')}\n`;
}

function checkCloud(cloud: PointCloud): PointCloud {
  if (typeof cloud !== 'object' || cloud === null) {
    throw new TypeError(`"cloud" expected { points, count, dim }, got ${describeValue(cloud)}`);
  }
  const count = checkInteger('cloud.count', cloud.count, 1);
  const dim = checkInteger('cloud.dim', cloud.dim, 1);
  const given = checkLength('cloud.points', checkNumericArray('cloud.points', cloud.points), count * dim);
  return { points: Float64Array.from(checkFiniteArray('cloud.points', given)), count, dim };
}

function checkColumns(columns: readonly string[], dim: number): readonly string[] {
  checkLength('columns', columns, dim);
  columns.forEach((name, k) => {
    if (typeof name !== 'string') throw new TypeError(`"columns[${k}]" expected a string, got ${describeValue(name)}`);
  });
  return columns;
}

function headerLine(columns: readonly string[], delimiter: CsvDelimiter): string {
  return Papa.unparse([columns], { delimiter, newline: '\n' });
}

function textOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
