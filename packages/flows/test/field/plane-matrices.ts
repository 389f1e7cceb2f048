/** Matrices of the plane, row-major: what identities of two coordinates are written with. */
export type PlaneMatrix = ArrayLike<number>;

export const planeIdentity: PlaneMatrix = [1, 0, 0, 1];

/** A + cB. */
export function combine(a: PlaneMatrix, c: number, b: PlaneMatrix): number[] {
  return Array.from(a, (entry, at) => entry + c * b[at]);
}

export function multiply(a: PlaneMatrix, b: PlaneMatrix): number[] {
  return [0, 1].flatMap((i) => [0, 1].map((j) => a[2 * i] * b[j] + a[2 * i + 1] * b[2 + j]));
}

export function transpose(a: PlaneMatrix): number[] {
  return [a[0], a[2], a[1], a[3]];
}

export function inverse(a: PlaneMatrix): number[] {
  const determinant = a[0] * a[3] - a[1] * a[2];
  return [a[3] / determinant, -a[1] / determinant, -a[2] / determinant, a[0] / determinant];
}

export function trace(a: PlaneMatrix): number {
  return a[0] + a[3];
}

export function apply(a: PlaneMatrix, x: ArrayLike<number>): number[] {
  return [a[0] * x[0] + a[1] * x[1], a[2] * x[0] + a[3] * x[1]];
}
