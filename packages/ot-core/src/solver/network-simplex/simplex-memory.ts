// One solve inside a WebAssembly memory: problem in, slices of work, tree out. Rows and columns without mass stay
// outside, and the larger side becomes the sources.
import type { NumericArray } from '@brenier/errors';
import type { TransportProblem } from '../../problem/transport-problem.js';
import { Kind, kindOf } from './cost-kind.js';
import { gather, gatherPoints, gatherTransposed } from './gather-input.js';
import type { NetworkSimplexProgress } from './progress.js';
import { Side } from './side.js';
import { ProblemBound } from './problem-bound.js';
import type { Potentials } from './simple-potentials.js';
import { Quantity, Slot, Standing } from './solve-slots.js';
import { leaseRoom, type SolveRoom } from './solve-room.js';
import type { PlanOrder } from './warm-start.js';

/** The entries of a plan, in the order of the problem's numbers but not sorted. */
export interface PlanEntries {
  readonly rowIndex: Int32Array;
  readonly columnIndex: Int32Array;
  readonly mass: Float64Array;
}

/** Potentials; 0 where a weight is 0. */
export interface StandingPotentials extends Potentials {
  /** Optimal ones, feasible ones that give the lower bound, or those of a coarse level without a claim. */
  readonly standing: 'optimal' | 'feasible' | 'coarse';
}

/** What a solve takes other than its problem. */
export interface SimplexMemoryOptions {
  /** Most bytes that the solve may take. */
  readonly memoryLimit?: number;
  /** The bytes of a snapshot, to go on from. */
  readonly bytes?: Uint8Array;
}

const LARGEST_MEMORY = 2 ** 32 - 2 ** 20;

/** The wasm side of a solve. Holds its room until {@link SimplexMemory.dispose}. */
export class SimplexMemory {
  isDone = false;
  readonly #problem: TransportProblem;
  readonly #room: SolveRoom;
  readonly #at: number;
  readonly #rows: Side;
  readonly #columns: Side;
  readonly #isTransposed: boolean;
  #problemBound: ProblemBound | undefined;

  /** In a room of its own, begun; or written into a given room, where a batch begins it together with others. */
  constructor(problem: TransportProblem, room?: SolveRoom, { memoryLimit, bytes }: SimplexMemoryOptions = {}) {
    this.#problem = problem;
    this.#rows = new Side(problem.a);
    this.#columns = new Side(problem.b);
    this.#isTransposed = this.#rows.count < this.#columns.count;
    const { count: n } = this.#sources;
    const { count: m } = this.#sinks;
    const dim = dimOf(problem);
    const kind = kindOf(problem);
    checkMemory('problem', n, m, dim, kind);
    this.#room = room ?? leaseRoom();
    try {
      const { exports } = this.#room;
      const size = exports.networkSimplexBytes(n, m, dim, kind) >>> 0;
      if (memoryLimit !== undefined && size > memoryLimit) {
        throw new RangeError(
          `"problem" expected a solve within "memoryLimit" ${memoryLimit}, got one of ${size} bytes`,
        );
      }
      this.#at = this.#room.take(size);
      exports.networkSimplexPlace(this.#at, n, m, dim, kind);
      this.#writeInput(kind);
      if (bytes) this.#resume(bytes);
      else if (room === undefined) exports.networkSimplexBegin(this.#at);
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

  progress(): NetworkSimplexProgress {
    const levels = this.#number(Quantity.levels);
    return {
      level: levels - this.#number(Quantity.level),
      levels,
      points: this.#number(Quantity.n) + this.#number(Quantity.m),
      pivots: this.pivots,
      primal: this.#primal,
      lowerBound: this.#lowerBound,
    };
  }

  /** The plan of the finest level, or one lifted from a coarse level, if there is one yet. */
  readPlan(): PlanEntries | undefined {
    const count = this.#writePlan();
    if (count === 0) return undefined;
    const sources = this.#sources.restoreIds(this.#int32(Slot.entrySources, count));
    const sinks = this.#sinks.restoreIds(this.#int32(Slot.entrySinks, count));
    const mass = this.#float64(Slot.entryMasses, count).slice();
    return this.#isTransposed
      ? { rowIndex: sinks, columnIndex: sources, mass }
      : { rowIndex: sources, columnIndex: sinks, mass };
  }

  /** The same of an assignment, the column of each row: no copy of the entries, and none of the masses. */
  readPermutation(): Int32Array | undefined {
    if (this.#writePlan() === 0) return undefined;
    const columnOfRow = new Int32Array(this.#sources.count);
    const sources = this.#int32(Slot.entrySources, columnOfRow.length);
    const sinks = this.#int32(Slot.entrySinks, columnOfRow.length);
    for (let k = 0; k < columnOfRow.length; k++) columnOfRow[sources[k]] = sinks[k]!;
    return columnOfRow;
  }

  /** The best potentials so far, if there are any. */
  readPotentials(): StandingPotentials | undefined {
    const standing = Standing[this.#room.exports.networkSimplexPotentials(this.#at)];
    if (standing === undefined) return undefined;
    const ofSources = this.#sources.restoreValues(this.#float64(Slot.f, this.#sources.count));
    const ofSinks = this.#sinks.restoreValues(this.#float64(Slot.g, this.#sinks.count));
    return this.#isTransposed ? { f: ofSinks, g: ofSources, standing } : { f: ofSources, g: ofSinks, standing };
  }

  /** What the problem itself says of its least cost. */
  get problemBound(): ProblemBound {
    return (this.#problemBound ??= new ProblemBound(this.#problem));
  }

  /** The best lower bound of the solver so far, before a margin for rounding. */
  get bound(): number | undefined {
    return this.#number(Quantity.proof) === 0 ? undefined : this.#number(Quantity.bound) * this.#massPerUnit;
  }

  /** Begins with potentials and the entries of a plan; to be called before the first {@link SimplexMemory.advance}. */
  startFrom(f: NumericArray | undefined, g: NumericArray | undefined, plan: PlanOrder | undefined): void {
    const [ofSources, ofSinks] = this.#isTransposed ? [g, f] : [f, g];
    if (ofSources) this.#sources.copyValues(ofSources, this.#float64(Slot.f, this.#sources.count));
    if (ofSinks) this.#sinks.copyValues(ofSinks, this.#float64(Slot.g, this.#sinks.count));
    let count = 0;
    if (plan) {
      const most = this.#sources.count + this.#sinks.count;
      const [sources, sinks] = this.#isTransposed
        ? [plan.columnIndex, plan.rowIndex]
        : [plan.rowIndex, plan.columnIndex];
      count = Math.min(most, sources.length);
      this.#int32(Slot.entrySources, count).set(this.#sources.numberAnew(sources.subarray(0, count)));
      this.#int32(Slot.entrySinks, count).set(this.#sinks.numberAnew(sinks.subarray(0, count)));
    }
    this.#room.exports.networkSimplexStartFrom(this.#at, Number(!!ofSources), Number(!!ofSinks), count);
  }

  /** All that {@link SimplexMemoryOptions.bytes} needs, as many bytes in every phase; a view, until the next step. */
  get keptBytes(): Uint8Array {
    const count = this.#room.exports.networkSimplexKeptBytes(this.#at) >>> 0;
    return new Uint8Array(this.#room.memory.buffer, this.#at, count);
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

  get #primal(): number | undefined {
    return this.#hasPlan ? this.#number(Quantity.primal) * this.#massPerUnit : undefined;
  }

  get #lowerBound(): number | undefined {
    const own = this.isDone ? this.#primal : this.bound;
    // Every entry of a matrix is too much for a progress event.
    if (this.#problem.geometry.kind === 'matrix') return own === undefined ? undefined : own - this.problemBound.margin;
    return Math.max(own ?? -Infinity, this.problemBound.simple.value) - this.problemBound.margin;
  }

  #writePlan(): number {
    return this.#room.exports.networkSimplexAnswer(this.#at, this.#massPerUnit);
  }

  #resume(bytes: Uint8Array): void {
    const kept = this.keptBytes;
    if (bytes.length !== kept.length) {
      throw new RangeError(`"from.bytes" expected length ${kept.length}, got ${bytes.length}`);
    }
    kept.set(bytes);
    this.isDone = this.#room.exports.networkSimplexResume(this.#at) === 1;
  }

  get #massPerUnit(): number {
    return this.#problem.mass / this.#number(Quantity.units);
  }

  #writeInput(kind: number): void {
    const { geometry, a, b } = this.#problem;
    const [weightsOfSources, weightsOfSinks] = this.#isTransposed ? [b, a] : [a, b];
    this.#sources.copyValues(weightsOfSources, this.#float64(Slot.a, this.#sources.count));
    this.#sinks.copyValues(weightsOfSinks, this.#float64(Slot.b, this.#sinks.count));
    const sourceIds = this.#sources.restoreIds(this.#int32(Slot.sourceIds, this.#sources.count));
    const sinkIds = this.#sinks.restoreIds(this.#int32(Slot.sinkIds, this.#sinks.count));
    if (geometry.kind === 'matrix') {
      const count = sourceIds.length * sinkIds.length;
      const out = kind === Kind.matrix32 ? this.#float32(Slot.costs, count) : this.#float64(Slot.costs, count);
      if (this.#isTransposed) gatherTransposed(geometry, sourceIds, sinkIds, out);
      else gather(geometry, sourceIds, sinkIds, out);
      return;
    }
    const { exports } = this.#room;
    if (typeof geometry.cost === 'object')
      exports.networkSimplexSetNorm(this.#at, geometry.cost.p, geometry.cost.power);
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

function dimOf({ geometry }: TransportProblem): number {
  return geometry.kind === 'matrix' ? 0 : geometry.x.dim;
}

/** Refuses a problem that the memory of WebAssembly cannot hold; `name` is quoted in the message. */
export function checkSolveMemory(name: string, problem: TransportProblem): void {
  checkMemory(name, new Side(problem.a).count, new Side(problem.b).count, dimOf(problem), kindOf(problem));
}

/** An upper bound of what a solve takes: about 700 bytes a point, its coordinates (with levels and blocks), costs. */
function checkMemory(name: string, n: number, m: number, dim: number, kind: number): void {
  const bytesPerCoordinate = kind === Kind.blocks ? 40 : 12;
  const costs =
    kind === Kind.matrix ? 8 * n * m : kind === Kind.matrix32 ? 4 * n * m : kind === Kind.blocks ? 0 : 2 ** 28;
  const bytes = (n + m) * (700 + bytesPerCoordinate * dim) + costs;
  if (bytes <= LARGEST_MEMORY) return;
  const size = Math.ceil(bytes / 2 ** 30);
  throw new RangeError(`"${name}" expected a solve within 4 GiB of WebAssembly memory, got one of about ${size} GiB`);
}
