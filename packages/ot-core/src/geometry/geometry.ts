/** The two costs that have a name: ‖x−y‖² without ½, and ‖x−y‖. */
export type CostName = 'squared-euclidean' | 'euclidean';

/**
 * A power of a p-norm, ‖x−y‖_p^power = (Σ_k |x_k − y_k|^p)^(power/p): the Minkowski distance of order p. For W_p of a
 * p-norm the power is p.
 */
export interface NormCost {
  /** Order of the norm, in [1, ∞]: 1 is the Manhattan or city block distance, 2 Euclid's, `Infinity` Chebyshev's. */
  readonly p: number;
  /** Power of the norm, finite and > 0; below 1 the cost is concave in the distance. Default 1. */
  readonly power?: number;
}

/** The cost of moving a unit of mass between two points of the same dimension. */
export type PointCost = CostName | NormCost;

/** A finite set of points, row-major: coordinate k of point i is `points[i * dim + k]`. */
export interface PointCloud {
  /** Coordinates, shape [count, dim]. */
  readonly points: Float64Array;
  /** Number of points. */
  readonly count: number;
  /** Coordinates per point. */
  readonly dim: number;
}

/** Costs between two clouds, computed where they are needed: no matrix is held. */
export interface PointCloudGeometry {
  /** Tells the kinds of geometry apart. */
  readonly kind: 'point-cloud';
  /** The points of the rows. */
  readonly x: PointCloud;
  /** The points of the columns. */
  readonly y: PointCloud;
  /** `'squared-euclidean'` is ‖x−y‖², without ½. A power of a p-norm that has a name goes by it. */
  readonly cost: CostName | Required<NormCost>;
  /** Number of points of `x`. */
  readonly rows: number;
  /** Number of points of `y`. */
  readonly columns: number;
}

/** Costs given as a matrix, row-major: c_ij is `costs[i * columns + j]`, +∞ where the pair is forbidden. */
export interface MatrixGeometry {
  /** Tells the kinds of geometry apart. */
  readonly kind: 'matrix';
  /** Every cost, shape [rows, columns], in the precision it was given in. */
  readonly costs: Float64Array | Float32Array;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
}

/** What the cost is. */
export type Geometry = PointCloudGeometry | MatrixGeometry;
