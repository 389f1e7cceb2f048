/**
 * Transposes a block as wide and high as a vector: four by four float32 values, two by two float64; rows are `step`
 * bytes apart.
 */
// @ts-ignore: decorator
@inline
export function turnBlock<T>(source: usize, step: usize, target: usize, targetStep: usize): void {
  const a = v128.load(source);
  const b = v128.load(source + step);
  if (sizeof<T>() == 8) {
    v128.store(target, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(target + targetStep, v128.shuffle<f64>(a, b, 1, 3));
    return;
  }
  const c = v128.load(source + 2 * step);
  const d = v128.load(source + 3 * step);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(abLow, cdLow, 0, 2));
  v128.store(target + targetStep, v128.shuffle<f64>(abLow, cdLow, 1, 3));
  v128.store(target + 2 * targetStep, v128.shuffle<f64>(abHigh, cdHigh, 0, 2));
  v128.store(target + 3 * targetStep, v128.shuffle<f64>(abHigh, cdHigh, 1, 3));
}
