import { checkFlag, checkOptions, describeValue } from '@brenier/errors';
import Papa from 'papaparse';
import type { PointCloud } from '../point-cloud.js';
import { checkDelimiter, type CsvDelimiter } from './delimiter.js';

/** Options of {@link parseCsv}. */
export interface ParseCsvOptions {
  /** Whether the first line names the columns; default false. */
  readonly header?: boolean;
  /** What stands between two fields; default a comma. */
  readonly delimiter?: CsvDelimiter;
}

/** A cloud with the names of its coordinates. */
export interface CsvCloud extends PointCloud {
  /** What the header calls the columns, shape [dim]; empty where there is no header. */
  readonly columns: readonly string[];
}

/** A decimal number, as programs write it; spaces around it do no harm. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a cloud from the text of a CSV file: a line is a point, a column a coordinate.
 *
 * Fields may stand between quotes, as RFC 4180 has it; lines end in LF, CRLF or CR; blank lines and a byte order mark are skipped. A
 * number is rounded to the nearest float64, so that what {@link formatCsv} or another careful program wrote has its bits again.
 *
 * @param text - the file
 * @param options - header and delimiter
 * @returns the cloud and the names of its columns; O(length)
 * @throws TypeError where `text` is no string or an option of the wrong kind; RangeError that names the line, and the column where it
 * is about one field, for a field that is no finite decimal number, a line of another length than the first, a quote out of place, a
 * text without points
 *
 * @example
 * Two points with named coordinates, and a typing error.
 * ```ts
 * import { parseCsv } from '@brenier/datasets/files';
 *
 * const { points, count, columns } = parseCsv('x,y\n0.5,1\n-2e3,4\n', { header: true });
 * [...points]; // => [0.5, 1, -2000, 4]
 * [count, columns]; // => [2, ['x', 'y']]
 * parseCsv('0.5,1\n-2e3,4O'); // throws RangeError
 * ```
 */
export function parseCsv(text: string, options?: ParseCsvOptions): CsvCloud {
  const { header = false, delimiter } = checkOptions('options', options, ['header', 'delimiter']);
  checkFlag('header', header);
  if (typeof text !== 'string') throw new TypeError(`"text" expected a string, got ${describeValue(text)}`);
  const rows = rowsOf(text, checkDelimiter(delimiter));
  const columns = header ? (rows.shift()?.fields ?? []) : [];
  if (rows.length === 0) throw new RangeError('"text" expected at least one line of numbers, got none');
  const dim = header ? columns.length : rows[0].fields.length;
  const points = new Float64Array(rows.length * dim);
  rows.forEach(({ fields, line }, i) => {
    if (fields.length !== dim) {
      throw new RangeError(`"text" line ${line} expected ${dim} columns as above, got ${fields.length}`);
    }
    fields.forEach((field, k) => (points[i * dim + k] = numberOf(field, line, k + 1)));
  });
  return { points, count: rows.length, dim, columns };
}

interface Row {
  readonly fields: readonly string[];
  /** The line in which it begins, from 1. */
  readonly line: number;
}

function rowsOf(text: string, delimiter: CsvDelimiter): Row[] {
  const { data, errors } = Papa.parse(text, { delimiter });
  let line = 1;
  const rows = data.map((fields) => {
    const row = { fields: fields.map((field) => field.trim()), line };
    line += fields.reduce((breaks, field) => breaks + field.split(/\r\n|\r|\n/).length - 1, 1);
    return row;
  });
  if (errors.length > 0) {
    const [{ message, row = 0 }] = errors;
    throw new RangeError(`"text" line ${rows[row]?.line ?? line} expected fields of CSV, got: ${message}`);
  }
  return rows.filter(({ fields }) => fields.some((field) => field !== ''));
}

function numberOf(field: string, line: number, column: number): number {
  const value = decimal.test(field) ? Number(field) : NaN;
  if (Number.isFinite(value)) return value;
  throw new RangeError(
    `"text" line ${line}, column ${column} expected a finite decimal number, got ${describeValue(field)}`,
  );
}
