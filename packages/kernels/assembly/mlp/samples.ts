import { turnBlock } from '../turn-block';

// Samples in groups of sixteen: value k of sample 16p + q of an array with `rows` rows is entry (p·rows + k)·16 + q.

/** Row-major samples, `count` <= 16 of `width` values, become the first rows of a group; absent samples are zero. */
export function gatherGroup(source: usize, count: i32, width: i32, group: usize): void {
  const stride = <usize>width << 2;
  if (count < 16) memory.fill(group, 0, <usize>width << 6);
  let q = 0;
  for (; q + 4 <= count; q += 4) {
    const first = source + <usize>q * stride;
    const target = group + (<usize>q << 2);
    let k = 0;
    for (; k + 4 <= width; k += 4) turnBlock<f32>(first + (<usize>k << 2), stride, target + (<usize>k << 6), 64);
    for (; k < width; k++) {
      for (let i = 0; i < 4; i++) {
        store<f32>(target + (<usize>k << 6) + (<usize>i << 2), load<f32>(first + <usize>i * stride + (<usize>k << 2)));
      }
    }
  }
  for (; q < count; q++) {
    for (let k = 0; k < width; k++) {
      store<f32>(group + (<usize>k << 6) + (<usize>q << 2), load<f32>(source + <usize>q * stride + (<usize>k << 2)));
    }
  }
}

/** Row-major float64 samples become the first rows of groups; absent samples of the last group are zero. */
export function gatherPoints(source: usize, count: i32, width: i32, groups: usize, rows: i32): void {
  for (let q = 0; q < ((count + 15) & ~15); q++) {
    let target = groups + (<usize>((q >> 4) * rows) << 6) + (<usize>(q & 15) << 2);
    for (let k = 0; k < width; k++, source += 8, target += 64) {
      store<f32>(target, q < count ? <f32>load<f64>(source) : 0);
    }
  }
}

/** The first rows of groups become row-major float64 samples. */
export function scatterPoints(groups: usize, rows: i32, count: i32, width: i32, out: usize): void {
  for (let q = 0; q < count; q++) {
    let source = groups + (<usize>((q >> 4) * rows) << 6) + (<usize>(q & 15) << 2);
    for (let k = 0; k < width; k++, out += 8, source += 64) store<f64>(out, load<f32>(source));
  }
}

/** Sets a row of every group to one value. */
export function fillRow(row: usize, rows: i32, groups: i32, value: f32): void {
  const four = f32x4.splat(value);
  for (let p = 0; p < groups; p++, row += <usize>rows << 6) {
    v128.store(row, four);
    v128.store(row, four, 16);
    v128.store(row, four, 32);
    v128.store(row, four, 48);
  }
}

/** Turns `width` <= 16 rows: the value of row k and sample s goes to `panel[s·16 + k]`; absent rows are zero. */
export function panelOfRows(row: usize, rows: i32, width: i32, groups: i32, panel: usize): void {
  for (let p = 0; p < groups; p++, row += <usize>rows << 6, panel += 1024) {
    if (width < 16) memory.fill(panel, 0, 1024);
    let k = 0;
    for (; k + 4 <= width; k += 4) {
      const source = row + (<usize>k << 6);
      const target = panel + (<usize>k << 2);
      turnBlock<f32>(source, 64, target, 64);
      turnBlock<f32>(source + 16, 64, target + 256, 64);
      turnBlock<f32>(source + 32, 64, target + 512, 64);
      turnBlock<f32>(source + 48, 64, target + 768, 64);
    }
    for (; k < width; k++) {
      for (let s = 0; s < 16; s++) {
        store<f32>(panel + (<usize>s << 6) + (<usize>k << 2), load<f32>(row + (<usize>k << 6) + (<usize>s << 2)));
      }
    }
  }
}
