import { cos, sin } from '@brenier/elementary';
import type { Ring } from './rings.js';

/** The names of the shapes. */
export type ShapeName = 'annulus' | 'crescent' | 'flower' | 'heart' | 'infinity' | 'star';

/**
 * A few drawings, as rings for `polygonSampler` and `outlineSampler`: each centred on the origin, its longer side spans [-1, 1].
 *
 * Curves are polygons of 96 vertices. `annulus`: between the radii 0.5 and 1, two rings. `crescent`: the unit disc without the disc of
 * radius √⅔ around (√½ - √⅙, 0). `flower`: r = 1 + 0.4 cos 5φ. `heart`: (16 sin³t, 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t).
 * `infinity`: the lemniscate of Gerono, (cos t, sin t cos t), which crosses itself. `star`: the outline of a pentagram.
 *
 * @example
 * Points that fill a heart, and points along its outline.
 * ```ts
 * import { outlineSampler, polygonSampler, shapes } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const rng = createRng(1);
 * const inside = polygonSampler(shapes.heart)(rng, 500);
 * const outline = outlineSampler(shapes.heart)(rng, 500);
 * outline.points.every((each) => Math.abs(each) <= 1); // => true
 * [inside.count, shapes.annulus.length]; // => [500, 2]
 * ```
 */
export const shapes: Readonly<Record<ShapeName, readonly Ring[]>> = /* @__PURE__ */ Object.freeze({
  annulus: fitted([curve((t) => onCircle(1, t)), curve((t) => onCircle(0.5, t))]),
  crescent: fitted([crescent()]),
  flower: fitted([curve((t) => onCircle(1 + 0.4 * cos(5 * t), t))]),
  heart: fitted([curve(heart)]),
  infinity: fitted([curve((t) => [cos(t), sin(t) * cos(t)])]),
  star: fitted([star()]),
});

/** 96 vertices at even parameters. */
function curve(at: (t: number) => number[]): Ring {
  return Array.from({ length: 96 }, (_, i) => at((2 * Math.PI * i) / 96));
}

function onCircle(radius: number, angle: number): number[] {
  return [radius * cos(angle), radius * sin(angle)];
}

/** From horn to horn along the unit circle, and back along the other, which meets it at (√½, ±√½). */
function crescent(): Ring {
  const arc = (x: number, radius: number, horn: number) =>
    Array.from({ length: 48 }, (_, i) => {
      const [dx, dy] = onCircle(radius, horn + (2 * (Math.PI - horn) * i) / 47);
      return [x + dx, dy];
    });
  const outer = arc(0, 1, Math.PI / 4);
  const inner = arc(Math.sqrt(1 / 2) - Math.sqrt(1 / 6), Math.sqrt(2 / 3), Math.PI / 3);
  return [...outer, ...inner.reverse()];
}

function heart(t: number): number[] {
  const s = sin(t);
  return [16 * s * s * s, 13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)];
}

/** Tips on the unit circle, notches where the lines between every second tip cross. */
function star(): Ring {
  const notch = (3 - Math.sqrt(5)) / 2;
  return Array.from({ length: 10 }, (_, i) => onCircle(i % 2 === 0 ? 1 : notch, Math.PI * (0.5 + i / 5)));
}

/** Moved and scaled into the square [-1, 1]². */
function fitted(rings: readonly Ring[]): readonly Ring[] {
  const [xs, ys] = [0, 1].map((k) => rings.flatMap((ring) => ring.map((vertex) => vertex[k])));
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const half = Math.max(right - left, top - bottom) / 2;
  const place = ([x, y]: readonly number[]) => [(x - (left + right) / 2) / half, (y - (bottom + top) / 2) / half];
  return Object.freeze(rings.map((ring) => Object.freeze(ring.map((vertex) => Object.freeze(place(vertex))))));
}
