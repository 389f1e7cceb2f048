import { checkOneOf } from '@brenier/errors';

/** What may stand between two fields of a line. */
export type CsvDelimiter = ',' | ';' | '\t' | ' ';

/** Checks a delimiter; without one it is a comma. */
export function checkDelimiter(delimiter: CsvDelimiter = ','): CsvDelimiter {
  return checkOneOf('delimiter', delimiter, [',', ';', '\t', ' ']);
}
