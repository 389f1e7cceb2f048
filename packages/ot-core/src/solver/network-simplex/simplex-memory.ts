// One solve inside a WebAssembly memory: problem in, slices of work, tree out. Rows and columns without mass stay
// outside, and the larger side becomes the sources.
import { hasForbiddenPairs, rangeOfAllowedCosts } from '../../geometry/forbidden-pairs.js';
import type { MatrixGeometry, PointCloud } from '../../geometry/geometry.js';
import type { TransportProblem } from '../../problem/transport-problem.js';
import type { NetworkSimplexProgress } from './progress.js';
import { Side } from './side.js';
import { leaseRoom, type SolveRoom } from './solve-room.js';

/** The entries and potentials of a tree, in the order of the problem. */
export interface Basis {
  readonly rowIndex: Int32Array;
  readonly columnIndex: Int32Array;
  readonly mass: Float64Array;
  /** Potentials; 0 where a weight is 0. */
  readonly f: Float64Array;
  readonly g: Float64Array;
}

/** Above this dimension boxes are too wide for their bounds to skip anything. */
const LARGEST_BLOCK_DIM = 8;
const LARGEST_MEMORY = 2 ** 32 - 2 ** 20;

const Kind = { blocks: 0, matrix: 1, squaredRows: 2, euclideanRows: 3, matrix32: 4 } as const;
const Slot = {
  a: 0,
  b: 1,
  x: 2,
  y: 3,
  costs: 4,
  sourceIds: 5,
  sinkIds: 6,
  entrySources: 7,
  entrySinks: 8,
  entryMasses: 9,
  f: 10,
  g: 11,
} as const;
const Quantity = { level: 0, levels: 1, n: 2, m: 3, pivots: 4, hasPlan: 5, primal: 6, units: 7 } as const;

/** The wasm side of a solve. Holds its room until {@link SimplexMemory.dispose}. */
export class SimplexMemory {
  isDone = false;
  readonly #problem: TransportProblem;
  readonly #room: SolveRoom;
  readonly #at: number;
  readonly #rows: Side;
  readonly #columns: Side;
  readonly #isTransposed: boolean;

  /** In a room of its own, begun; or written into a given room, where a batch begins it together with others. */
  constructor(problem: TransportProblem, room?: SolveRoom) {
    this.#problem = problem;
    this.#rows = new Side(problem.a);
    this.#columns = new Side(problem.b);
    this.#isTransposed = this.#rows.count < this.#columns.count;
    const { count: n } = this.#sources;
    const { count: m } = this.#sinks;
    const dim = dimOf(problem);
    const kind = kindOf(problem);
    checkMemory('problem', problem, n, m);
    this.#room = room ?? leaseRoom();
    try {
      const { exports } = this.#room;
      this.#at = this.#room.take(exports.networkSimplexBytes(n, m, dim, kind) >>> 0);
      exports.networkSimplexPlace(this.#at, n, m, dim, kind);
      this.#writeInput();
      if (room === undefined) exports.networkSimplexBegin(this.#at);
    } catch (error) {
      this.#room.giveBack();
      throw error;
    }
  }

  /** Where the solve is: its name in the kernels. */
  get at(): number {
    return this.#at;
  }

  /** Works for about `budget` units. */
  advance(budget: number): void {
    this.isDone = this.#room.exports.networkSimplexAdvance(this.#at, budget) === 1;
  }

  get pivots(): number {
    return this.#number(Quantity.pivots);
  }

  readonly isActiveRow = (i: number): boolean => this.#problem.a[i] > 0;
  readonly isActiveColumn = (j: number): boolean => this.#problem.b[j] > 0;

  progress(): NetworkSimplexProgress {
    const levels = this.#number(Quantity.levels);
    return {
      level: levels - this.#number(Quantity.level),
      levels,
      points: this.#number(Quantity.n) + this.#number(Quantity.m),
      pivots: this.pivots,
      primal: this.#hasPlan ? this.#number(Quantity.primal) * this.#massPerUnit : undefined,
    };
  }

  /** The tree of the finest level, if there is one yet. */
  readBasis(): Basis | undefined {
    if (!this.#hasPlan) return undefined;
    const count = this.#room.exports.networkSimplexAnswer(this.#at, this.#massPerUnit);
    const sources = this.#sources.restoreIds(this.#int32(Slot.entrySources, count));
    const sinks = this.#sinks.restoreIds(this.#int32(Slot.entrySinks, count));
    const fOfSources = this.#sources.restoreValues(this.#float64(Slot.f, this.#sources.count));
    const gOfSinks = this.#sinks.restoreValues(this.#float64(Slot.g, this.#sinks.count));
    const mass = this.#float64(Slot.entryMasses, count).slice();
    return this.#isTransposed
      ? { rowIndex: sinks, columnIndex: sources, mass, f: gOfSinks, g: fOfSources }
      : { rowIndex: sources, columnIndex: sinks, mass, f: fOfSources, g: gOfSinks };
  }

  dispose(): void {
    this.#room.giveBack();
  }

  get #sources(): Side {
    return this.#isTransposed ? this.#columns : this.#rows;
  }

  get #sinks(): Side {
    return this.#isTransposed ? this.#rows : this.#columns;
  }

  get #hasPlan(): boolean {
    return this.#number(Quantity.hasPlan) === 1;
  }

  get #massPerUnit(): number {
    return this.#problem.mass / this.#number(Quantity.units);
  }

  #writeInput(): void {
    const { geometry, a, b } = this.#problem;
    const [weightsOfSources, weightsOfSinks] = this.#isTransposed ? [b, a] : [a, b];
    this.#sources.copyWeights(weightsOfSources, this.#float64(Slot.a, this.#sources.count));
    this.#sinks.copyWeights(weightsOfSinks, this.#float64(Slot.b, this.#sinks.count));
    const sourceIds = this.#sources.restoreIds(this.#int32(Slot.sourceIds, this.#sources.count));
    const sinkIds = this.#sinks.restoreIds(this.#int32(Slot.sinkIds, this.#sinks.count));
    if (geometry.kind === 'matrix') {
      const count = sourceIds.length * sinkIds.length;
      const isSingle = kindOf(this.#problem) === Kind.matrix32;
      const out = isSingle ? this.#float32(Slot.costs, count) : this.#float64(Slot.costs, count);
      if (this.#isTransposed) gatherTransposed(geometry, sourceIds, sinkIds, out);
      else gather(geometry, sourceIds, sinkIds, out);
      return;
    }
    const [cloudOfSources, cloudOfSinks] = this.#isTransposed ? [geometry.y, geometry.x] : [geometry.x, geometry.y];
    gatherPoints(cloudOfSources, sourceIds, this.#float64(Slot.x, sourceIds.length * cloudOfSources.dim));
    gatherPoints(cloudOfSinks, sinkIds, this.#float64(Slot.y, sinkIds.length * cloudOfSinks.dim));
  }

  #number(which: number): number {
    return this.#room.exports.networkSimplexNumber(this.#at, which);
  }

  #float64(slot: number, length: number): Float64Array {
    return new Float64Array(this.#room.memory.buffer, this.#address(slot), length);
  }

  #float32(slot: number, length: number): Float32Array {
    return new Float32Array(this.#room.memory.buffer, this.#address(slot), length);
  }

  #int32(slot: number, length: number): Int32Array {
    return new Int32Array(this.#room.memory.buffer, this.#address(slot), length);
  }

  #address(slot: number): number {
    return this.#room.exports.networkSimplexAddress(this.#at, slot) >>> 0;
  }
}

function kindOf({ geometry }: TransportProblem): number {
  if (geometry.kind === 'matrix') return keepsSinglePrecision(geometry) ? Kind.matrix32 : Kind.matrix;
  if (geometry.cost === 'euclidean') return Kind.euclideanRows;
  return geometry.x.dim <= LARGEST_BLOCK_DIM ? Kind.blocks : Kind.squaredRows;
}

/** Whether float32 holds the costs, and the price of forbidden pairs: at most 64 (rows + columns) times as large. */
function keepsSinglePrecision(geometry: MatrixGeometry): boolean {
  if (geometry.costs instanceof Float64Array) return false;
  if (!hasForbiddenPairs(geometry)) return true;
  const [low, high] = rangeOfAllowedCosts(geometry);
  return Math.max(-low, high) * 64 * (geometry.rows + geometry.columns) < 2 ** 126;
}

function dimOf({ geometry }: TransportProblem): number {
  return geometry.kind === 'matrix' ? 0 : geometry.x.dim;
}

/** Refuses a problem that the memory of WebAssembly cannot hold; `name` is quoted in the message. */
export function checkSolveMemory(name: string, problem: TransportProblem): void {
  checkMemory(name, problem, new Side(problem.a).count, new Side(problem.b).count);
}

/** An upper bound of what a solve takes: about 700 bytes a point, its coordinates (with levels and blocks), costs. */
function checkMemory(name: string, problem: TransportProblem, n: number, m: number): void {
  const kind = kindOf(problem);
  const bytesPerCoordinate = kind === Kind.blocks ? 40 : 8;
  const costs =
    kind === Kind.matrix ? 8 * n * m : kind === Kind.matrix32 ? 4 * n * m : kind === Kind.blocks ? 0 : 2 ** 28;
  const bytes = (n + m) * (700 + bytesPerCoordinate * dimOf(problem)) + costs;
  if (bytes <= LARGEST_MEMORY) return;
  const size = Math.ceil(bytes / 2 ** 30);
  throw new RangeError(`"${name}" expected a solve within 4 GiB of WebAssembly memory, got one of about ${size} GiB`);
}

function gatherPoints({ points, dim }: PointCloud, ids: Int32Array, out: Float64Array): void {
  for (let p = 0; p < ids.length; p++) {
    const from = ids[p] * dim;
    for (let k = 0; k < dim; k++) out[p * dim + k] = points[from + k]!;
  }
}

function gather(
  { costs, columns }: MatrixGeometry,
  rowIds: Int32Array,
  columnIds: Int32Array,
  out: Float64Array | Float32Array,
): void {
  let to = 0;
  for (const i of rowIds) {
    const from = i * columns;
    for (let q = 0; q < columnIds.length; q++) out[to++] = costs[from + columnIds[q]]!;
  }
}

/** The sources are columns of the matrix: its rows are read one by one, which costs less than jumping between them. */
function gatherTransposed(
  { costs, columns }: MatrixGeometry,
  sourceIds: Int32Array,
  sinkIds: Int32Array,
  out: Float64Array | Float32Array,
): void {
  const m = sinkIds.length;
  for (let q = 0; q < m; q++) {
    const from = sinkIds[q] * columns;
    for (let p = 0; p < sourceIds.length; p++) out[p * m + q] = costs[from + sourceIds[p]]!;
  }
}
