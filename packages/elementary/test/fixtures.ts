import { readFileSync } from 'node:fs';

/** A value of values.json: the arguments, the nearest double, and (true - nearest) in units of its last place. */
interface KnownValue {
  readonly args: readonly number[];
  readonly nearest: number;
  readonly distance: number;
}

/** The rows of test/fixtures/values.json for one function. */
function knownValues(name: string): KnownValue[] {
  const text = readFileSync(new URL('./fixtures/values.json', import.meta.url), 'utf8');
  const rows = (JSON.parse(text) as Record<string, number[][]>)[name];
  return rows.map((row) => ({ args: row.slice(0, -2), nearest: row.at(-2)!, distance: row.at(-1)! }));
}

/** The largest error over the known values, in units in the last place of the nearest double. */
export function largestError(name: string, evaluate: (...args: number[]) => number): number {
  let worst = 0;
  for (const { args, nearest, distance } of knownValues(name)) {
    const error = Math.abs((evaluate(...args) - nearest) / unitInLastPlace(nearest) - distance);
    // A NaN must fail the comparison of the caller.
    worst = error <= worst ? worst : error;
  }
  return worst;
}

/** The upper and lower words of a double as sixteen hexadecimal digits. */
export function toHex(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** An FNV-1a digest of the bits of many results, byte by byte. */
export function digest(values: Iterable<number>): string {
  const view = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  for (const value of values) {
    view.setFloat64(0, value);
    for (let k = 0; k < 8; k++) hash = Math.imul(hash ^ view.getUint8(k), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function unitInLastPlace(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  view.setBigUint64(0, bits + 1n);
  return view.getFloat64(0) - Math.abs(x);
}
