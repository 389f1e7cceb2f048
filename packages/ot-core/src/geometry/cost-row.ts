// A whole row of costs at once: what every loop over all pairs is made of.
import type { Geometry, PointCloud } from './geometry.js';
import { normCostBetween, type NormPower, raise } from './norm-cost.js';

/** Writes c_i0 … c_im into `out`, shape [columns], each exactly as `costAt` gives it. O(columns · dim). */
export function fillCostRow(geometry: Geometry, i: number, out: Float64Array): void {
  if (geometry.kind === 'matrix') {
    out.set(geometry.costs.subarray(i * geometry.columns, (i + 1) * geometry.columns));
    return;
  }
  const { x, y, cost } = geometry;
  const { p, power } = typeof cost === 'object' ? cost : { p: 2, power: cost === 'euclidean' ? 1 : 2 };
  if (p === 1) fillSums(x, y, i, out);
  else if (p === Infinity) fillMaxima(x, y, i, out);
  else if (p !== 2) fillNorms(x, y, { p, power }, i, out);
  else if (x.dim === 2) fillPlane(x, y, i, out);
  else fillSpace(x, y, i, out);
  const exponent = p === 2 ? power / 2 : p === 1 || p === Infinity ? power : 1;
  if (exponent === 1) return;
  for (let j = 0; j < out.length; j++) out[j] = raise(out[j], exponent);
}

function fillSums(x: PointCloud, y: PointCloud, i: number, out: Float64Array): void {
  const dim = x.dim;
  for (let j = 0; j < out.length; j++) {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += Math.abs(x.points[i * dim + k] - y.points[j * dim + k]);
    out[j] = sum;
  }
}

function fillMaxima(x: PointCloud, y: PointCloud, i: number, out: Float64Array): void {
  const dim = x.dim;
  for (let j = 0; j < out.length; j++) {
    let largest = 0;
    for (let k = 0; k < dim; k++) {
      const difference = Math.abs(x.points[i * dim + k] - y.points[j * dim + k]);
      if (difference > largest) largest = difference;
    }
    out[j] = largest;
  }
}

function fillNorms(x: PointCloud, y: PointCloud, cost: NormPower, i: number, out: Float64Array): void {
  const dim = x.dim;
  for (let j = 0; j < out.length; j++) out[j] = normCostBetween(x.points, i * dim, y.points, j * dim, dim, cost);
}

function fillPlane(x: PointCloud, y: PointCloud, i: number, out: Float64Array): void {
  const target = y.points;
  const x0 = x.points[2 * i];
  const x1 = x.points[2 * i + 1];
  for (let j = 0; j < y.count; j++) {
    const d0 = x0 - target[2 * j];
    const d1 = x1 - target[2 * j + 1];
    out[j] = d0 * d0 + d1 * d1;
  }
}

/**
 * Four columns at a time: each sum waits for its last addition, four of them keep the adder busy. The tail repeats the
 * last column.
 */
function fillSpace(x: PointCloud, y: PointCloud, i: number, out: Float64Array): void {
  const dim = x.dim;
  const source = x.points.subarray(i * dim, (i + 1) * dim);
  const target = y.points;
  const last = y.count - 1;
  for (let j = 0; j <= last; j += 4) {
    const j1 = Math.min(j + 1, last);
    const j2 = Math.min(j + 2, last);
    const j3 = Math.min(j + 3, last);
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let k = 0; k < dim; k++) {
      const coordinate = source[k];
      const d0 = coordinate - target[j * dim + k];
      const d1 = coordinate - target[j1 * dim + k];
      const d2 = coordinate - target[j2 * dim + k];
      const d3 = coordinate - target[j3 * dim + k];
      sum0 += d0 * d0;
      sum1 += d1 * d1;
      sum2 += d2 * d2;
      sum3 += d3 * d3;
    }
    out[j] = sum0;
    out[j1] = sum1;
    out[j2] = sum2;
    out[j3] = sum3;
  }
}
