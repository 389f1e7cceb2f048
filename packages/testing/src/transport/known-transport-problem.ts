// What a transport problem with a known answer looks like. Structural copies of ot-core's types: testing imports
// nothing it tests.

/** Points, row-major: coordinate k of point i is `points[i * dim + k]`. */
export interface KnownCloud {
  readonly points: Float64Array;
  readonly count: number;
  readonly dim: number;
}

/** A cost between points: a name, or ‖x−y‖_p^power. */
export type KnownCost = 'squared-euclidean' | 'euclidean' | { readonly p: number; readonly power: number };

/** Where the costs come from, in the shape that ot-core accepts. */
export type KnownGeometry =
  | {
      readonly kind: 'point-cloud';
      readonly x: KnownCloud;
      readonly y: KnownCloud;
      readonly cost: KnownCost;
      readonly rows: number;
      readonly columns: number;
    }
  | {
      readonly kind: 'matrix';
      readonly costs: Float64Array | Float32Array;
      readonly rows: number;
      readonly columns: number;
    };

/** A transport problem together with what is known about its answer. */
export interface KnownTransportProblem {
  /** What kind of problem it is, for messages. */
  readonly name: string;
  readonly geometry: KnownGeometry;
  /** Masses of the rows. */
  readonly a: Float64Array;
  /** Masses of the columns. */
  readonly b: Float64Array;
  /** The least cost. */
  readonly cost: number;
  /** Total mass times the largest |c_ij|: what rounding errors of the cost are relative to. */
  readonly scale: number;
  /** Column of each row in an optimal plan, where one is known and it is a permutation. */
  readonly columnOfRow?: Int32Array;
  /** Optimal potentials, where they are known. */
  readonly f?: Float64Array;
  readonly g?: Float64Array;
}

/** All costs of a geometry, row-major. */
export function costsOf(geometry: KnownGeometry): Float64Array {
  if (geometry.kind === 'matrix') return Float64Array.from(geometry.costs);
  const { x, y, cost, rows, columns } = geometry;
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const i = Math.floor(at / columns);
    const j = at % columns;
    const differences = Array.from({ length: x.dim }, (_, k) => x.points[i * x.dim + k] - y.points[j * y.dim + k]);
    if (typeof cost === 'object') return pNorm(differences, cost.p) ** cost.power;
    const sum = differences.reduce((soFar, each) => soFar + each ** 2, 0);
    return cost === 'euclidean' ? Math.sqrt(sum) : sum;
  });
}

function pNorm(differences: readonly number[], p: number): number {
  const largest = differences.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (p === Infinity || largest === 0) return largest;
  return largest * differences.reduce((sum, each) => sum + (Math.abs(each) / largest) ** p, 0) ** (1 / p);
}

/** Total mass times the largest |c_ij| of the pairs that are not forbidden. */
export function scaleOf(geometry: KnownGeometry, a: Float64Array): number {
  const largest = costsOf(geometry).reduce(
    (bound, cost) => (cost === Infinity ? bound : Math.max(bound, Math.abs(cost))),
    0,
  );
  return largest * a.reduce((sum, mass) => sum + mass, 0);
}
