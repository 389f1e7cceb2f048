// The arithmetic of assembly/convolution*.ts, number by number: the plain binary gives the same bits. A convolution is given by its
// fourteen numbers (see ConvolutionExports).

const { fround } = Math;

/** x ∗ filter; `matrix` has shape [window, outputs], the window's rows, columns and channels in this order. */
export function convolution(
  geometry: readonly number[],
  x: Float32Array,
  images: number,
  matrix: Float32Array,
): Float32Array {
  const { frameOf, windows, outputs } = measure(geometry);
  const out = new Float32Array(images * windows.length * outputs);
  for (let n = 0, at = 0; n < images; n++) {
    const frame = frameOf(x, n);
    for (const window of windows) {
      for (let o = 0; o < outputs; o++, at++) {
        let sum = 0;
        window.forEach((place, k) => (sum = fround(sum + fround(frame[place] * matrix[k * outputs + o]))));
        out[at] = sum;
      }
    }
  }
  return out;
}

/** The gradient by the matrix: sums over the windows of an image, then over the images of a lane, then over lanes. */
export function convolutionFilterGradient(
  geometry: readonly number[],
  x: Float32Array,
  dy: Float32Array,
  images: number,
  perLane: number,
): Float32Array {
  const { frameOf, windows, outputs } = measure(geometry);
  const depth = windows[0].length;
  const total = new Float32Array(depth * outputs);
  for (let first = 0; first < images; first += perLane) {
    const lane = new Float32Array(depth * outputs);
    for (let n = first; n < Math.min(first + perLane, images); n++) {
      const frame = frameOf(x, n);
      for (let k = 0; k < depth; k++) {
        for (let o = 0; o < outputs; o++) {
          let sum = 0;
          windows.forEach((window, p) => {
            const slope = dy[(n * windows.length + p) * outputs + o];
            sum = fround(sum + fround(frame[window[k]] * slope));
          });
          lane[k * outputs + o] = n === first ? sum : lane[k * outputs + o] + sum;
        }
      }
    }
    lane.forEach((value, k) => (total[k] = first === 0 ? value : total[k] + value));
  }
  return total;
}

function measure(geometry: readonly number[]) {
  const [height, width, channels, top, left, spreadY, spreadX, filterHeight, filterWidth, strideY, strideX] = geometry;
  const [outHeight, outWidth, outputs] = geometry.slice(11);
  const rows = (outHeight - 1) * strideY + filterHeight;
  const columns = (outWidth - 1) * strideX + filterWidth;
  const windows: number[][] = [];
  for (let i = 0; i < outHeight; i++) {
    for (let j = 0; j < outWidth; j++) {
      const window: number[] = [];
      for (let u = 0; u < filterHeight; u++) {
        for (let v = 0; v < filterWidth * channels; v++) {
          window.push(((i * strideY + u) * columns + j * strideX) * channels + v);
        }
      }
      windows.push(window);
    }
  }
  return { windows, outputs, frameOf };

  function frameOf(x: Float32Array, image: number): Float32Array {
    const frame = new Float32Array(rows * columns * channels);
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const [row, column] = [top + i * spreadY, left + j * spreadX];
        if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
        const source = ((image * height + i) * width + j) * channels;
        frame.set(x.subarray(source, source + channels), (row * columns + column) * channels);
      }
    }
    return frame;
  }
}
