// A job cut into chunks of rows, described in memory that all threads share. Plain JavaScript without imports from the
// rest of the package, so that a worker loads it as it is, from the sources, from the build or from a bundle.
//
// The caller writes the description, raises `generation`, and takes chunks like everybody else; each worker answers
// with the generation in its own cell once it can take no more. The next description is written only after all have
// answered, so nobody ever reads half of one.

/** Places in the array of int32 cells. The two that are written often have a cache line each. */
export const cell = Object.freeze({
  generation: 0,
  callerSleeps: 1,
  isStopped: 2,
  kernel: 3,
  arity: 4,
  rows: 5,
  rowsPerChunk: 6,
  rowsArgument: 7,
  nextChunk: 16,
  answers: 32,
});

/** The most threads that a job's memory has room for. */
export const maxThreads = 64;

/** Numbers that describe one argument: its start, its step from chunk to chunk, its step from thread to thread. */
export const numbersPerArgument = 3;

const maxArguments = 16;
const cellCount = cell.answers + maxThreads;

/** Bytes that a job takes in the shared memory. */
export const jobBytes = cellCount * 4 + maxArguments * numbersPerArgument * 8;

/**
 * @typedef {object} Job
 * @property {Int32Array} cells
 * @property {Float64Array} numbers
 */

/**
 * Views of the job at an offset; a shared memory that grows keeps them valid.
 *
 * @param {ArrayBufferLike} buffer
 * @param {number} offset
 * @returns {Job}
 */
export function viewJob(buffer, offset) {
  return {
    cells: new Int32Array(buffer, offset, cellCount),
    numbers: new Float64Array(buffer, offset + cellCount * 4, maxArguments * numbersPerArgument),
  };
}

/**
 * Takes the next chunk and computes it.
 *
 * @param {Job} job
 * @param {readonly Function[]} kernels
 * @param {number} thread
 * @returns {boolean} whether there was one
 */
export function runNextChunk({ cells, numbers }, kernels, thread) {
  if (Atomics.load(cells, cell.isStopped) === 1) return false;
  const rows = cells[cell.rows] ?? 0;
  const rowsPerChunk = cells[cell.rowsPerChunk] ?? 1;
  const chunk = Atomics.add(cells, cell.nextChunk, 1);
  if (chunk * rowsPerChunk >= rows) return false;
  const values = Array.from({ length: cells[cell.arity] ?? 0 }, (_, index) => {
    if (index === cells[cell.rowsArgument]) return Math.min(rowsPerChunk, rows - chunk * rowsPerChunk);
    const [start = 0, perChunk = 0, perThread = 0] = numbers.subarray(index * numbersPerArgument);
    return start + chunk * perChunk + thread * perThread;
  });
  kernels[cells[cell.kernel] ?? 0]?.(...values);
  return true;
}
