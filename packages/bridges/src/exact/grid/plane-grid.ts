/** Regular grids of the plane. The value at (column i, row j) stands at `i * rows + j`: columns are lines of constant first coordinate. */

/** A regular grid with the same step along both axes. */
export interface PlaneGrid {
  /** The smallest first coordinate. */
  readonly left: number;
  /** The smallest second coordinate. */
  readonly bottom: number;
  /** The distance of neighbours, in units of x. */
  readonly step: number;
  /** Nodes along the first axis. */
  readonly columns: number;
  /** Nodes along the second axis. */
  readonly rows: number;
}

/** The coordinates of the nodes along one axis. */
export function axisNodes(start: number, step: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => start + i * step);
}

/** The grid that has every `stride`-th node of another one, the first included. */
export function everyNode(grid: PlaneGrid, stride: number): PlaneGrid {
  return {
    ...grid,
    step: grid.step * stride,
    columns: Math.floor((grid.columns - 1) / stride) + 1,
    rows: Math.floor((grid.rows - 1) / stride) + 1,
  };
}

/** The values at every `stride`-th node. */
export function everyValue(values: Float64Array, grid: PlaneGrid, stride: number): Float64Array {
  if (stride === 1) return values;
  const { columns, rows } = everyNode(grid, stride);
  const out = new Float64Array(columns * rows);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++) out[i * rows + j] = values[i * stride * grid.rows + j * stride];
  }
  return out;
}

/** Rows become columns. */
export function transposed(values: Float64Array, columns: number, rows: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++) out[j * columns + i] = values[i * rows + j];
  }
  return out;
}
