/**
 * A short text for a value that was refused: its kind, and its content where that helps.
 *
 * @param value - anything
 * @returns for example `"abc"`, `NaN`, `an array of length 3`, `a Float64Array of length 128`
 *
 * @example
 * The text that ends every message of this package.
 * ```ts
 * import { describeValue } from '@brenier/errors';
 *
 * describeValue(new Float64Array(3)); // => 'a Float64Array of length 3'
 * ```
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (ArrayBuffer.isView(value)) return describeView(value);
  if (typeof value === 'object' && value !== null) {
    const kind = value.constructor?.name ?? 'Object';
    return kind === 'Object' ? `an object with keys [${Object.keys(value).join(', ')}]` : `an instance of ${kind}`;
  }
  return String(value);
}

function describeView(view: ArrayBufferView): string {
  const kind = view.constructor.name;
  const article = /^[AEIO]/.test(kind) ? 'an' : 'a';
  return 'length' in view ? `${article} ${kind} of length ${String(view.length)}` : `${article} ${kind}`;
}
