// The inside of rings by the even-odd rule, cut along every level of y where a ring turns or two edges cross. Between two
// neighbouring levels the edges are in one order from left to right, and the inside lies between the first and the second,
// the third and the fourth, and so on.
import type { Edge } from './rings.js';

/** A piece of the inside between two levels; its other two sides are straight. */
export interface Trapezoid {
  readonly low: number;
  readonly high: number;
  /** The ends of its left side, at `low` and at `high`. */
  readonly left: readonly [number, number];
  /** The ends of its right side. */
  readonly right: readonly [number, number];
}

/** Pieces that cover the inside and do not overlap; O(e²) for e edges, and as much again for each edge that a level meets. */
export function trapezoidsOf(edges: readonly Edge[]): Trapezoid[] {
  const upward = edges.filter(({ y0, y1 }) => y0 !== y1).map((edge) => (edge.y0 < edge.y1 ? edge : reversed(edge)));
  const levels = Float64Array.from(new Set([...upward.flatMap(({ y0, y1 }) => [y0, y1]), ...crossings(upward)])).sort();
  const pieces: Trapezoid[] = [];
  for (let k = 1; k < levels.length; k++) {
    const [low, high] = [levels[k - 1], levels[k]];
    const sides = upward
      .filter(({ y0, y1 }) => y0 <= low && y1 >= high)
      .map((edge) => [xAt(edge, low), xAt(edge, high)] as const)
      .sort((a, b) => a[0] + a[1] - b[0] - b[1]);
    for (let i = 1; i < sides.length; i += 2) pieces.push({ low, high, left: sides[i - 1], right: sides[i] });
  }
  return pieces;
}

/** Its area; where two edges cross in their last bits, 0. */
export function areaOf({ low, high, left, right }: Trapezoid): number {
  return Math.max(0, ((high - low) * (right[0] - left[0] + right[1] - left[1])) / 2);
}

function reversed({ x0, y0, x1, y1 }: Edge): Edge {
  return { x0: x1, y0: y1, x1: x0, y1: y0 };
}

/** The levels where two edges cross. */
function crossings(edges: readonly Edge[]): number[] {
  const levels: number[] = [];
  edges.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      const b = edges[j];
      const low = Math.max(a.y0, b.y0);
      const high = Math.min(a.y1, b.y1);
      if (low >= high) continue;
      const before = xAt(a, low) - xAt(b, low);
      const after = xAt(a, high) - xAt(b, high);
      if (Math.sign(before) * Math.sign(after) < 0) levels.push(low + (high - low) * (before / (before - after)));
    }
  });
  return levels;
}

function xAt({ x0, y0, x1, y1 }: Edge, y: number): number {
  return x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
}
