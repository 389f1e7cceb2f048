// A job cut into chunks of rows, described in memory that all threads share. Plain JavaScript without imports from
// the rest of the package, so that a worker loads it as it is, from the sources, from the build or from a bundle.
//
// The caller writes the description, opens the gate and raises `generation`; then everybody takes chunks. Whoever
// comes through the gate counts himself in and out again. Once no chunk is left the caller closes the gate and waits
// until nobody is inside: then all chunks are done, and the description may be written anew. A worker that sleeps or
// is late is not waited for.

/** Places in the array of int32 cells. Those that are written often have a cache line each. */
export const cell = Object.freeze({
  generation: 0,
  gate: 16,
  nextChunk: 32,
  callerSleeps: 48,
  isStopped: 49,
  kernel: 50,
  arity: 51,
  rows: 52,
  rowsPerChunk: 53,
  rowsArgument: 54,
  reasonLength: 55,
});

/** The most threads of a pool. */
export const maxThreads = 64;

/** Numbers that describe one argument: its start, its step from chunk to chunk, its step from thread to thread. */
export const numbersPerArgument = 3;

// Below it the gate counts the workers inside.
const openGate = 1 << 20;

const maxArguments = 16;
const cellCount = 64;
const maxReason = 256;

/** Bytes that a job takes in the shared memory. */
export const jobBytes = cellCount * 4 + maxArguments * numbersPerArgument * 8 + maxReason * 2;

/**
 * @typedef {object} Job
 * @property {Int32Array} cells
 * @property {Float64Array} numbers
 * @property {Uint16Array} reason
 * @property {number[][]} values by their number, so that a chunk makes no garbage
 */

/**
 * Views of the job at an offset; a shared memory that grows keeps them valid.
 *
 * @param {ArrayBufferLike} buffer
 * @param {number} offset
 * @returns {Job}
 */
export function viewJob(buffer, offset) {
  const numbersAt = offset + cellCount * 4;
  const count = maxArguments * numbersPerArgument;
  return {
    cells: new Int32Array(buffer, offset, cellCount),
    numbers: new Float64Array(buffer, numbersAt, count),
    reason: new Uint16Array(buffer, numbersAt + count * 8, maxReason),
    values: Array.from({ length: maxArguments + 1 }, (_, length) => new Array(length).fill(0)),
  };
}

/**
 * Lets workers in.
 *
 * @param {Job} job
 */
export function openJob({ cells }) {
  Atomics.or(cells, cell.gate, openGate);
  Atomics.add(cells, cell.generation, 1);
  Atomics.notify(cells, cell.generation);
}

/**
 * Lets no more workers in; those inside finish their chunks.
 *
 * @param {Job} job
 */
export function closeJob({ cells }) {
  Atomics.and(cells, cell.gate, ~openGate);
}

/**
 * @param {Job} job
 * @returns {boolean} whether nobody is inside a closed job
 */
export function isEmpty({ cells }) {
  return Atomics.load(cells, cell.gate) === 0;
}

/**
 * Works on the job, if it is still open.
 *
 * @param {Job} job
 * @param {readonly Function[]} kernels
 * @param {number} thread
 */
export function joinJob(job, kernels, thread) {
  const { cells } = job;
  if ((Atomics.add(cells, cell.gate, 1) & openGate) !== 0) {
    try {
      while (runNextChunk(job, kernels, thread));
    } catch (error) {
      stopJob(job, String(error));
    }
  }
  Atomics.sub(cells, cell.gate, 1);
}

/**
 * Takes the next chunk and computes it.
 *
 * @param {Job} job
 * @param {readonly Function[]} kernels
 * @param {number} thread
 * @returns {boolean} whether there was one
 */
export function runNextChunk({ cells, numbers, values }, kernels, thread) {
  if (Atomics.load(cells, cell.isStopped) === 1) return false;
  const rows = cells[cell.rows] ?? 0;
  const rowsPerChunk = cells[cell.rowsPerChunk] ?? 1;
  const chunk = Atomics.add(cells, cell.nextChunk, 1);
  if (chunk * rowsPerChunk >= rows) return false;
  const given = values[cells[cell.arity] ?? 0] ?? [];
  for (let index = 0, at = 0; index < given.length; index++, at += numbersPerArgument) {
    const [start, perChunk, perThread] = [numbers[at] ?? 0, numbers[at + 1] ?? 0, numbers[at + 2] ?? 0];
    given[index] = start + chunk * perChunk + thread * perThread;
  }
  const rowsArgument = cells[cell.rowsArgument] ?? -1;
  if (rowsArgument >= 0) given[rowsArgument] = Math.min(rowsPerChunk, rows - chunk * rowsPerChunk);
  kernels[cells[cell.kernel] ?? 0]?.(...given);
  return true;
}

/**
 * Stops the job because a kernel failed; the first reason is kept.
 *
 * @param {Job} job
 * @param {string} text
 */
function stopJob({ cells, reason }, text) {
  if (Atomics.exchange(cells, cell.isStopped, 1) === 1) return;
  const length = Math.min(text.length, maxReason);
  for (let i = 0; i < length; i++) reason[i] = text.charCodeAt(i);
  Atomics.store(cells, cell.reasonLength, length);
}

/**
 * @param {Job} job
 * @returns {string} why a worker stopped the job; empty where none did
 */
export function stopReason({ cells, reason }) {
  return String.fromCharCode(...reason.slice(0, Atomics.load(cells, cell.reasonLength)));
}
