import {
  checkFiniteArray,
  checkFunction,
  checkInteger,
  checkLength,
  checkNumericArray,
  describeValue,
} from '@brenier/errors';
import type { Rng } from '@brenier/random';
import type { LabelledSource } from './labelled-source.js';
import type { PointSource } from './point-source.js';

/** Draws and checks what came: a source may be anybody's code, and a NaN here would spoil a training run silently. */
export function drawChecked(
  name: string,
  source: PointSource,
  rng: Rng,
  count: number,
): { readonly points: Float64Array; readonly label?: Int32Array } {
  if (!isLabelled(source))
    return { points: checkPoints(`${name}.draw(…)`, source.draw(rng, count), source.dim, count) };
  const { points, label } = source.drawLabelled(rng, count) ?? {};
  const drawn = `${name}.drawLabelled(…)`;
  return {
    points: checkPoints(`${drawn}.points`, points, source.dim, count),
    label: checkClasses(`${drawn}.label`, label, source.classes, count),
  };
}

/** Checks that two sources live in the same space. */
export function checkSameDim(source: PointSource, target: PointSource): number {
  checkSource('source', source);
  checkSource('target', target);
  if (source.dim === target.dim) return source.dim;
  throw new RangeError(`"target.dim" expected ${source.dim}, the dimension of "source", got ${target.dim}`);
}

/** Checks that a value can be drawn from. */
export function checkSource(name: string, value: PointSource): PointSource {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`"${name}" expected an object with "dim" and "draw", got ${describeValue(value)}`);
  }
  checkInteger(`${name}.dim`, value.dim, 1);
  checkFunction(`${name}.draw`, value.draw);
  if (isLabelled(value)) checkInteger(`${name}.classes`, value.classes, 1);
  return value;
}

/** Whether the points of a source come with classes. */
export function isLabelled(source: PointSource): source is LabelledSource {
  return typeof (source as Partial<LabelledSource>).drawLabelled === 'function';
}

/** Checks points from somebody else's code, and gives them as float64. */
export function checkPoints(name: string, value: unknown, dim: number, count: number): Float64Array {
  const points = checkLength(name, checkNumericArray(name, value), count * dim);
  checkFiniteArray(name, points);
  return points instanceof Float64Array ? points : Float64Array.from(points);
}

function checkClasses(name: string, label: unknown, classes: number, count: number): Int32Array {
  if (!(label instanceof Int32Array)) {
    throw new TypeError(`"${name}" expected an Int32Array, got ${describeValue(label)}`);
  }
  checkLength(name, label, count);
  for (let i = 0; i < count; i++) {
    if (label[i] < -1 || label[i] >= classes) checkInteger(`${name}[${i}]`, label[i], -1, classes - 1);
  }
  return label;
}
