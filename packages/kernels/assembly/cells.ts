// One array element by index: arrays are raw addresses in linear memory.

// @ts-ignore: decorator
@inline
export function f64At(base: usize, index: i32): f64 {
  return load<f64>(base + (<usize>index << 3));
}

// @ts-ignore: decorator
@inline
export function setF64(base: usize, index: i32, value: f64): void {
  store<f64>(base + (<usize>index << 3), value);
}

// @ts-ignore: decorator
@inline
export function f32At(base: usize, index: i32): f32 {
  return load<f32>(base + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function setF32(base: usize, index: i32, value: f32): void {
  store<f32>(base + (<usize>index << 2), value);
}

// @ts-ignore: decorator
@inline
export function i64At(base: usize, index: i32): i64 {
  return load<i64>(base + (<usize>index << 3));
}

// @ts-ignore: decorator
@inline
export function setI64(base: usize, index: i32, value: i64): void {
  store<i64>(base + (<usize>index << 3), value);
}

// @ts-ignore: decorator
@inline
export function i32At(base: usize, index: i32): i32 {
  return load<i32>(base + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function setI32(base: usize, index: i32, value: i32): void {
  store<i32>(base + (<usize>index << 2), value);
}
