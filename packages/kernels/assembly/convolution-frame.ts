// The geometry of a two-dimensional convolution as fourteen int32, and the frame: one image with the zeros around it, and
// between its pixels where it is spread, so that every window of the filter lies wholly inside. In a frame the `filterWidth ·
// channels` values of one row of a window follow one another: a convolution is a matrix product whose left factor is read in place.

// @ts-ignore: decorator
@inline
const HEIGHT: i32 = 0;
// @ts-ignore: decorator
@inline
const WIDTH: i32 = 1;
// @ts-ignore: decorator
@inline
const CHANNELS: i32 = 2;
// @ts-ignore: decorator
@inline
const TOP: i32 = 3;
// @ts-ignore: decorator
@inline
const LEFT: i32 = 4;
// @ts-ignore: decorator
@inline
const SPREAD_Y: i32 = 5;
// @ts-ignore: decorator
@inline
const SPREAD_X: i32 = 6;
// @ts-ignore: decorator
@inline
const FILTER_HEIGHT: i32 = 7;
// @ts-ignore: decorator
@inline
const FILTER_WIDTH: i32 = 8;
// @ts-ignore: decorator
@inline
const STRIDE_Y: i32 = 9;
// @ts-ignore: decorator
@inline
const STRIDE_X: i32 = 10;
// @ts-ignore: decorator
@inline
const OUT_HEIGHT: i32 = 11;
// @ts-ignore: decorator
@inline
const OUT_WIDTH: i32 = 12;
// @ts-ignore: decorator
@inline
const OUTPUTS: i32 = 13;

// @ts-ignore: decorator
@inline
function read(geometry: usize, field: i32): i32 {
  return load<i32>(geometry + (<usize>field << 2));
}

/** Values of one image. */
// @ts-ignore: decorator
@inline
export function imageSize(geometry: usize): i32 {
  return read(geometry, HEIGHT) * read(geometry, WIDTH) * read(geometry, CHANNELS);
}

/** Rows of a window. */
// @ts-ignore: decorator
@inline
export function windowRows(geometry: usize): i32 {
  return read(geometry, FILTER_HEIGHT);
}

/** Values in one row of a window. */
// @ts-ignore: decorator
@inline
export function windowRun(geometry: usize): i32 {
  return read(geometry, FILTER_WIDTH) * read(geometry, CHANNELS);
}

// @ts-ignore: decorator
@inline
export function outHeight(geometry: usize): i32 {
  return read(geometry, OUT_HEIGHT);
}

// @ts-ignore: decorator
@inline
export function outWidth(geometry: usize): i32 {
  return read(geometry, OUT_WIDTH);
}

// @ts-ignore: decorator
@inline
export function outputs(geometry: usize): i32 {
  return read(geometry, OUTPUTS);
}

function frameHeight(geometry: usize): i32 {
  return (read(geometry, OUT_HEIGHT) - 1) * read(geometry, STRIDE_Y) + read(geometry, FILTER_HEIGHT);
}

function frameWidth(geometry: usize): i32 {
  return (read(geometry, OUT_WIDTH) - 1) * read(geometry, STRIDE_X) + read(geometry, FILTER_WIDTH);
}

/** Bytes from one row of a frame to the next. */
export function frameRow(geometry: usize): usize {
  return <usize>(frameWidth(geometry) * read(geometry, CHANNELS)) << 2;
}

/** Bytes from a window to the next one of the same row. */
export function windowStepX(geometry: usize): usize {
  return <usize>(read(geometry, STRIDE_X) * read(geometry, CHANNELS)) << 2;
}

/** Bytes from a window to the one below. */
export function windowStepY(geometry: usize): usize {
  return <usize>read(geometry, STRIDE_Y) * frameRow(geometry);
}

/** Bytes of a frame, and of the one value after it that a tile of two may read. */
export function frameBytes(geometry: usize): i32 {
  return (<i32>frameRow(geometry) * frameHeight(geometry) + 4 + 15) & ~15;
}

/** Writes the frame of an image: pixel (i, j) goes to row top + i·spreadY, column left + j·spreadX, and is left out outside. */
export function frame(geometry: usize, image: usize, out: usize): void {
  const pixel = <usize>read(geometry, CHANNELS) << 2;
  const width = read(geometry, WIDTH);
  const left = read(geometry, LEFT);
  const spreadX = read(geometry, SPREAD_X);
  const spreadY = read(geometry, SPREAD_Y);
  const columns = frameWidth(geometry);
  const rows = frameHeight(geometry);
  const rowBytes = frameRow(geometry);
  memory.fill(out, 0, frameBytes(geometry));
  let source = image;
  for (let i = 0, row = read(geometry, TOP); i < read(geometry, HEIGHT); i++, row += spreadY, source += <usize>width * pixel) {
    if (row < 0 || row >= rows) continue;
    const target = out + <usize>row * rowBytes;
    if (spreadX == 1) {
      const first = max<i32>(0, -left);
      const count = min<i32>(width, columns - left) - first;
      if (count > 0) memory.copy(target + <usize>(left + first) * pixel, source + <usize>first * pixel, <usize>count * pixel);
      continue;
    }
    for (let j = 0, column = left; j < width; j++, column += spreadX) {
      if (column >= 0 && column < columns) memory.copy(target + <usize>column * pixel, source + <usize>j * pixel, pixel);
    }
  }
}
