import { turnBlock } from './turn-block';

/**
 * Packs `count` columns of length `depth` into panels of 64 bytes an index; the last panel is filled up with zeros.
 * Either step, in bytes, is the size of a value.
 */
export function packColumns<T>(
  source: usize,
  columnStep: usize,
  innerStep: usize,
  count: i32,
  depth: i32,
  out: usize,
): void {
  const width = 64 / <i32>sizeof<T>();
  let target = out;
  for (let first = 0; first < count; first += width, target += <usize>depth << 6) {
    const filled = min<i32>(width, count - first);
    const panel = source + <usize>first * columnStep;
    if (filled < width) memory.fill(target, 0, <usize>depth << 6);
    if (columnStep == sizeof<T>()) copyRows<T>(panel, innerStep, filled, depth, target);
    else turnColumns<T>(panel, columnStep, filled, depth, target);
  }
}

/**
 * Packs rows in pairs, index by index: entry k of row 2p + i goes to `out[(p·depth + k)·2 + i]`. The values of an
 * index are contiguous.
 */
export function packPairs<T>(source: usize, innerStep: usize, rows: i32, depth: i32, out: usize): void {
  const size = sizeof<T>();
  const step = <usize>depth * (size << 1);
  for (let k = 0; k < depth; k++) {
    let from = source + <usize>k * innerStep;
    let target = out + <usize>k * (size << 1);
    for (let i = 0; i + 1 < rows; i += 2, from += size << 1, target += step) {
      if (size == 4) store<u64>(target, load<u64>(from));
      else v128.store(target, v128.load(from));
    }
    if (rows & 1) store<T>(target, load<T>(from));
  }
}

function copyRows<T>(source: usize, innerStep: usize, filled: i32, depth: i32, out: usize): void {
  const isWhole = filled == 64 / <i32>sizeof<T>();
  for (let k = 0; k < depth; k++, source += innerStep, out += 64) {
    if (isWhole) {
      v128.store(out, v128.load(source));
      v128.store(out, v128.load(source, 16), 16);
      v128.store(out, v128.load(source, 32), 32);
      v128.store(out, v128.load(source, 48), 48);
    } else {
      for (let q: usize = 0, end = <usize>filled * sizeof<T>(); q < end; q += sizeof<T>()) {
        store<T>(out + q, load<T>(source + q));
      }
    }
  }
}

/** Columns whose values are contiguous, as many at a time as a vector has values. */
function turnColumns<T>(source: usize, columnStep: usize, filled: i32, depth: i32, out: usize): void {
  const size = sizeof<T>();
  const lanes = 16 / <i32>size;
  let q = 0;
  for (; q + lanes <= filled; q += lanes) {
    const column = source + <usize>q * columnStep;
    const target = out + <usize>q * size;
    let k = 0;
    for (; k + lanes <= depth; k += lanes) {
      turnBlock<T>(column + <usize>k * size, columnStep, target + (<usize>k << 6), 64);
    }
    for (; k < depth; k++) copyIndex<T>(column, columnStep, k, lanes, target);
  }
  for (let k = 0; k < depth; k++) {
    copyIndex<T>(source + <usize>q * columnStep, columnStep, k, filled - q, out + <usize>q * size);
  }
}

/** Index k of `count` columns. */
// @ts-ignore: decorator
@inline
function copyIndex<T>(column: usize, columnStep: usize, k: i32, count: i32, target: usize): void {
  const size = sizeof<T>();
  const place = target + (<usize>k << 6);
  for (let i = 0; i < count; i++) {
    store<T>(place + <usize>i * size, load<T>(column + <usize>i * columnStep + <usize>k * size));
  }
}
