// x·y + z: one rounding in the relaxed binaries where the processor has it, two in the plain ones.

// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(x: v128, y: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(x, y, z);
  return v128.add<T>(v128.mul<T>(x, y), z);
}
