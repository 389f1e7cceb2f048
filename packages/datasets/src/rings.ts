import { checkWithin, describeValue } from '@brenier/errors';

/** A closed line through vertices [x, y], at least three; the last is joined to the first, which it may repeat. */
export type Ring = readonly (readonly number[])[];

/** A straight piece of a ring. */
export interface Edge {
  /** Where it begins. */
  readonly x0: number;
  readonly y0: number;
  /** Where it ends. */
  readonly x1: number;
  readonly y1: number;
}

/** The edges of all rings, after a check of their vertices. Beyond ±1e100 areas would overflow. */
export function edgesOf(rings: readonly Ring[]): Edge[] {
  return checkList('rings', rings, 1, 'at least one ring').flatMap((ring, r) => {
    const vertices = checkList(`rings[${r}]`, ring, 3, 'at least three vertices [x, y]');
    vertices.forEach((vertex, v) => checkVertex(`rings[${r}][${v}]`, vertex));
    return vertices.map(([x0, y0], v) => {
      const [x1, y1] = vertices[(v + 1) % vertices.length];
      return { x0, y0, x1, y1 };
    });
  });
}

function checkList<T>(name: string, value: readonly T[], least: number, expected: string): readonly T[] {
  if (Array.isArray(value) && value.length >= least) return value;
  const message = `"${name}" expected ${expected}, got ${describeValue(value)}`;
  throw Array.isArray(value) ? new RangeError(message) : new TypeError(message);
}

function checkVertex(name: string, vertex: readonly number[]): void {
  if (!Array.isArray(vertex) || vertex.length !== 2) {
    throw new TypeError(`"${name}" expected a vertex [x, y], got ${describeValue(vertex)}`);
  }
  vertex.forEach((each, k) => checkWithin(`${name}[${k}]`, each, -1e100, 1e100));
}
