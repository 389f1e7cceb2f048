// A solve as data: enough to continue it in another memory, process or machine, and to refuse what does not belong.
import { describeValue } from '@brenier/errors';
import type { TransportProblem } from '../../problem/transport-problem.js';
import { fingerprint } from './fingerprint.js';

/**
 * Where a stopped solve stands; see the options `resumable` and `from` of {@link networkSimplex}. Plain data: it survives
 * `structuredClone`, `postMessage` and any file that keeps numbers, strings and bytes. The problem itself is not in it.
 */
export interface NetworkSimplexSnapshot {
  /** Version of the layout of `bytes`; another one is refused. */
  readonly version: number;
  /** Rows of the problem. */
  readonly rows: number;
  /** Columns of the problem. */
  readonly columns: number;
  /** Fingerprint of costs and weights. */
  readonly problem: string;
  /** Fingerprint of `bytes`. */
  readonly checksum: string;
  /** The state of the solve: 300 to 500 bytes a point, and 16 to 60 a coordinate in up to eight dimensions. */
  readonly bytes: Uint8Array;
}

const VERSION = 5;

/** Wraps the bytes of a solve; `problemFingerprint` is what {@link fingerprintOf} says of the problem. */
export function createSnapshot(
  { geometry }: TransportProblem,
  problemFingerprint: string,
  bytes: Uint8Array,
): NetworkSimplexSnapshot {
  return {
    version: VERSION,
    rows: geometry.rows,
    columns: geometry.columns,
    problem: problemFingerprint,
    checksum: fingerprint([bytes]),
    bytes,
  };
}

/** Refuses what is no snapshot at all. */
export function checkSnapshot(snapshot: NetworkSimplexSnapshot): NetworkSimplexSnapshot {
  if (typeof snapshot?.version !== 'number' || !(snapshot.bytes instanceof Uint8Array)) {
    throw new TypeError(`"from" expected the snapshot of a result of networkSimplex, got ${describeValue(snapshot)}`);
  }
  if (snapshot.version !== VERSION) {
    throw new RangeError(`"from.version" expected ${VERSION}, the layout of this version, got ${snapshot.version}`);
  }
  return snapshot;
}

/** Refuses the snapshot of another problem, and one that is damaged; gives its bytes. O(bytes + size of the problem). */
export function bytesFor(problem: TransportProblem, snapshot: NetworkSimplexSnapshot): Uint8Array {
  const { rows, columns } = problem.geometry;
  if (snapshot.rows !== rows || snapshot.columns !== columns) {
    const got = `${snapshot.rows} rows and ${snapshot.columns} columns`;
    throw new RangeError(
      `"from" expected a snapshot of this problem of ${rows} rows and ${columns} columns, got ${got}`,
    );
  }
  if (snapshot.problem !== fingerprintOf(problem)) {
    throw new RangeError('"from" expected a snapshot of this problem, got one of other costs or weights');
  }
  const checksum = fingerprint([snapshot.bytes]);
  if (snapshot.checksum !== checksum) {
    throw new RangeError(`"from.bytes" expected undamaged bytes of checksum ${snapshot.checksum}, got ${checksum}`);
  }
  return snapshot.bytes;
}

/** Of costs and weights. O(size of the problem). */
export function fingerprintOf({ geometry, a, b }: TransportProblem): string {
  if (geometry.kind === 'matrix') return fingerprint([geometry.costs, a, b]);
  const { x, y, cost } = geometry;
  const name = typeof cost === 'object' ? `${cost.p}-norm^${cost.power}` : cost;
  return `${fingerprint([x.points, y.points, a, b])}-${name}`;
}
