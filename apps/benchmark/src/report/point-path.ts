/**
 * Clouds, paths and pairs as the text of one SVG path each: whole units, relative moves. A thousand points take six thousand
 * characters, a tenth of one element a point.
 */

/** A square window of the plane, drawn as {@link UNITS} × {@link UNITS} units. */
export interface Frame {
  left: number;
  top: number;
  /** Units a coordinate. */
  scale: number;
}

/** The side of every picture in units. */
export const UNITS = 500;

/** The square around clouds of flat [x, y, …], with a margin. */
export function frameAround(...clouds: readonly (readonly number[])[]): Frame {
  const [left, right] = rangeOf(clouds, 0);
  const [bottom, top] = rangeOf(clouds, 1);
  const half = 0.54 * Math.max(right - left, top - bottom, 1e-9);
  return { left: (left + right) / 2 - half, top: (bottom + top) / 2 + half, scale: UNITS / (2 * half) };
}

/** Points as strokes without length, which round caps turn into dots; equal ones once. */
export function dotsPath(points: readonly number[], frame: Frame): string {
  const units = unitsOf(points, frame);
  const order = Array.from({ length: units.length / 2 }, (_, i) => i);
  // Neighbours in narrow strips follow each other, so that moves are short.
  const strip = (i: number): number => Math.floor(units[2 * i] / 8);
  order.sort((a, b) => strip(a) - strip(b) || units[2 * a + 1] - units[2 * b + 1]);
  const pen = createPen();
  for (const i of order) {
    if (!pen.isAt(units[2 * i], units[2 * i + 1])) pen.move(units[2 * i], units[2 * i + 1], 'h0');
  }
  return pen.text();
}

/** Polylines of flat [x, y, …]; four numbers are a segment. */
export function linesPath(lines: readonly (readonly number[])[], frame: Frame): string {
  const pen = createPen();
  for (const line of lines) {
    const units = unitsOf(line, frame);
    pen.move(units[0], units[1], '');
    for (let k = 2; k < units.length; k += 2) {
      if (!pen.isAt(units[k], units[k + 1])) pen.line(units[k], units[k + 1]);
    }
  }
  return pen.text();
}

function rangeOf(clouds: readonly (readonly number[])[], offset: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const points of clouds) {
    for (let k = offset; k < points.length; k += 2) {
      low = Math.min(low, points[k]);
      high = Math.max(high, points[k]);
    }
  }
  return low <= high ? [low, high] : [0, 0];
}

function unitsOf(points: readonly number[], { left, top, scale }: Frame): number[] {
  return points.map((value, k) => Math.round(k % 2 === 0 ? (value - left) * scale : (top - value) * scale));
}

interface Pen {
  isAt(x: number, y: number): boolean;
  move(x: number, y: number, then: string): void;
  line(x: number, y: number): void;
  text(): string;
}

function createPen(): Pen {
  const parts: string[] = [];
  let atX = 0;
  let atY = 0;
  let command = '';
  // Two numbers need a blank between them only where no sign parts them.
  const number = (value: number): string => (value < 0 ? String(value) : ` ${value}`);
  const step = (letter: string, x: number, y: number): void => {
    const first = number(x - atX);
    parts.push(letter === command ? first : `${letter}${first.trimStart()}`, number(y - atY));
    atX = x;
    atY = y;
    command = letter;
  };
  return {
    isAt: (x, y) => parts.length > 0 && x === atX && y === atY,
    move(x, y, then) {
      command = '';
      step('m', x, y);
      parts.push(then);
      command = then === '' ? 'l' : '';
    },
    line: (x, y) => step('l', x, y),
    text: () => parts.join(''),
  };
}
