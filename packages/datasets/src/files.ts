/**
 * Clouds in and out of files: `.npy`, the format of NumPy, as bytes, and CSV as text. Reading and writing the file itself is the
 * caller's, so that all of it runs in a page too.
 *
 * @packageDocumentation
 * @module files
 */
export { decodeNpy } from './npy/decode-npy.js';
export { encodeNpy } from './npy/encode-npy.js';
export { cloudFromArray } from './npy/cloud-from-array.js';
export type { NpyArray, NpyData } from './npy/npy-array.js';
export { parseCsv, type CsvCloud, type ParseCsvOptions } from './csv/parse-csv.js';
export { formatCsv, type FormatCsvOptions } from './csv/format-csv.js';
export type { CsvDelimiter } from './csv/delimiter.js';
export type { PointCloud } from './point-cloud.js';
