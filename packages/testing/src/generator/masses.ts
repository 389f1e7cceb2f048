// Masses of both sides by what is wrong with them; their totals agree up to rounding, exactly where they are integers.
import { fillUniform, integer, type Rng } from '@brenier/random';

type DrawSide = (rng: Rng, count: number) => Float64Array;

const draws: Readonly<Record<string, DrawSide>> = {
  general: (rng, count) => fillUniform(rng, new Float64Array(count), { low: 0.1, high: 1 }),
  'some zero': sometimes(() => 0),
  'some 1e-12 of the rest': sometimes(() => 1e-12),
  'some 1e-300': sometimes(() => 1e-300),
  'of many magnitudes': (rng, count) => new Float64Array(count).map(() => 2 ** (60 * rng.uniform() - 30)),
  'one heavy': (_rng, count) => new Float64Array(count).map((_, i) => (i === 0 ? 1 : 1e-6)),
  'a sum of 1e12': (rng, count) => fillUniform(rng, new Float64Array(count), { low: 1e12 / count, high: 2e12 / count }),
  'a sum of 1e-12': (rng, count) =>
    fillUniform(rng, new Float64Array(count), { low: 1e-12 / count, high: 2e-12 / count }),
};

/** Every kind of {@link drawMasses}. */
export const massKinds: readonly string[] = ['equal', 'integers', ...Object.keys(draws)];

/** Masses of the rows and of the columns. */
export function drawMasses(rng: Rng, kind: string, rows: number, columns: number): [a: Float64Array, b: Float64Array] {
  if (kind === 'equal') return [new Float64Array(rows).fill(1 / rows), new Float64Array(columns).fill(1 / columns)];
  if (kind === 'integers') return [integersOf(rng, rows, 200), integersOf(rng, columns, 200)];
  const a = draws[kind](rng, rows);
  const b = draws[kind](rng, columns);
  const factor = sumOf(a) / sumOf(b);
  return [a, b.map((mass) => mass * factor)];
}

function sometimes(draw: (rng: Rng) => number): DrawSide {
  // The first is never small, so that the total is not.
  return (rng, count) =>
    new Float64Array(count).map((_, i) => (i > 0 && integer(rng, 0, 2) === 0 ? draw(rng) : rng.uniform() + 0.1));
}

function integersOf(rng: Rng, count: number, total: number): Float64Array {
  const masses = new Float64Array(count);
  for (let unit = 0; unit < total; unit++) masses[integer(rng, 0, count)]++;
  return masses;
}

function sumOf(masses: Float64Array): number {
  return masses.reduce((sum, mass) => sum + mass, 0);
}
