// What a transport problem with a known answer looks like. Structural copies of ot-core's types: testing imports
// nothing it tests.

/** Points, row-major: coordinate k of point i is `points[i * dim + k]`. */
export interface KnownCloud {
  readonly points: Float64Array;
  readonly count: number;
  readonly dim: number;
}

/** Where the costs come from, in the shape that ot-core accepts. */
export type KnownGeometry =
  | {
      readonly kind: 'point-cloud';
      readonly x: KnownCloud;
      readonly y: KnownCloud;
      readonly cost: 'squared-euclidean' | 'euclidean';
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
    let sum = 0;
    for (let k = 0; k < x.dim; k++) sum += (x.points[i * x.dim + k] - y.points[j * y.dim + k]) ** 2;
    return cost === 'euclidean' ? Math.sqrt(sum) : sum;
  });
}

/** Total mass times the largest |c_ij| of the pairs that are not forbidden. */
export function scaleOf(geometry: KnownGeometry, a: Float64Array): number {
  const largest = costsOf(geometry).reduce(
    (bound, cost) => (cost === Infinity ? bound : Math.max(bound, Math.abs(cost))),
    0,
  );
  return largest * a.reduce((sum, mass) => sum + mass, 0);
}
