// Cost matrices by what is wrong with them, and which of their pairs to forbid.
import { fillNormal, fillUniform, integer, type Rng } from '@brenier/random';

/** Costs and the masses that go with them; the latter only where the kind decides them. */
export interface DrawnCosts {
  readonly costs: Float64Array | Float32Array;
  readonly masses?: { readonly a: Float64Array; readonly b: Float64Array };
}

type Draw = (rng: Rng, rows: number, columns: number) => DrawnCosts;

const draws: Readonly<Record<string, Draw>> = {
  uniform: of((rng) => rng.uniform()),
  'of either sign': of((rng) => 2 * rng.uniform() - 1),
  'negative, with a large offset': of((rng) => rng.uniform() - 1e6),
  'small whole numbers': of((rng) => integer(rng, 0, 4)),
  'all equal': (rng, rows, columns) => ({ costs: new Float64Array(rows * columns).fill(integer(rng, -1, 2)) }),
  'times 1e12': of((rng) => 1e12 * rng.uniform()),
  'times 1e-12': of((rng) => 1e-12 * rng.uniform()),
  'many magnitudes': of((rng) => 2 ** (40 * rng.uniform() - 20)),
  'a sum of potentials': (rng, rows, columns) => {
    const f = fillNormal(rng, new Float64Array(rows));
    const g = fillNormal(rng, new Float64Array(columns));
    return { costs: new Float64Array(rows * columns).map((_, at) => f[Math.floor(at / columns)] + g[at % columns]) };
  },
  float32: (rng, rows, columns) => ({
    costs: Float32Array.from(fillNormal(rng, new Float64Array(rows * columns))),
  }),
  'half of the pairs forbidden': forbidding((rng) => rng.uniform() < 0.5),
  'most pairs forbidden': forbidding((rng) => rng.uniform() < 0.9),
  'float32, some pairs forbidden': (rng, rows, columns) => {
    const { costs } = forbidding((each) => each.uniform() < 0.2)(rng, rows, columns);
    return { costs: Float32Array.from(costs) };
  },
  'parts that share no pair': (rng, rows, columns) => planted(rng, rows, columns, (i, j) => i % 3 === j % 3),
  'a staircase': (rng, rows, columns) => {
    const width = Math.abs(rows - columns) + 1;
    return planted(rng, rows, columns, (i, j) => j * rows >= i * columns - width && j * rows <= i * columns + rows * 2);
  },
  'rows that exceed their columns': (rng, rows, columns) => {
    const narrow = integer(rng, 0, columns);
    const { costs } = forbidding(() => false)(rng, rows, columns);
    return { costs: costs.map((cost, at) => (at < columns && at !== narrow ? Infinity : cost)) };
  },
};

/** Every kind of {@link drawCosts}. */
export const matrixKinds: readonly string[] = Object.keys(draws);

/** Costs of a kind, shape [rows, columns]. */
export function drawCosts(rng: Rng, kind: string, rows: number, columns: number): DrawnCosts {
  return draws[kind](rng, rows, columns);
}

function of(draw: (rng: Rng) => number): Draw {
  return (rng, rows, columns) => ({ costs: new Float64Array(rows * columns).map(() => draw(rng)) });
}

function forbidding(isForbidden: (rng: Rng) => boolean): Draw {
  return of((rng) => (isForbidden(rng) ? Infinity : integer(rng, -20, 20)));
}

/** Only a pattern of pairs is allowed, and the masses are the marginals of a plan on it. */
function planted(rng: Rng, rows: number, columns: number, isAllowed: (i: number, j: number) => boolean): DrawnCosts {
  const noise = fillUniform(rng, new Float64Array(rows * columns), { low: 0.1, high: 1 });
  const a = new Float64Array(rows);
  const b = new Float64Array(columns);
  const costs = noise.map((value, at) => {
    const i = Math.floor(at / columns);
    const j = at % columns;
    if (!isAllowed(i, j)) return Infinity;
    // The plan is sparse: the last diagonals are what forces a solver to reroute.
    const mass = integer(rng, 0, 4) === 0 ? rng.uniform() : 0;
    a[i] += mass;
    b[j] += mass;
    return value;
  });
  if (a.every((mass) => mass === 0)) return { costs: costs.map((cost) => (cost === Infinity ? 1 : cost)) };
  return { costs, masses: { a, b } };
}
