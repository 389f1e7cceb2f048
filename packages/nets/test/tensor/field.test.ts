import * as tf from '@tensorflow/tfjs-core';
import { leakedTensors } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { asArrayField, type TensorField } from '../../src/index.js';
import { useEngine } from '../tested-engines.js';

/** x + t, one coordinate at a time. */
const shift: TensorField = { dim: 2, evaluate: (x, t) => tf.add(x, t) };

describe('asArrayField', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it('gives the same numbers whatever the chunk', () => {
    const x = Float64Array.from({ length: 14 }, (_, i) => i);
    for (const chunk of [1, 2, 3, 7, 100]) {
      const out = new Float64Array(14);
      asArrayField(shift, { chunk }).evaluate(x, 0.5, out);
      expect([...out]).toEqual([...x].map((each) => each + 0.5));
    }
  });

  it('leaves the points alone, and no tensor behind', async () => {
    const field = asArrayField(shift, { chunk: 3 });
    const x = new Float64Array(20).fill(1);
    expect(await leakedTensors(tf, () => field.evaluate(x, 0, new Float64Array(20)))).toBe(0);
    expect(x.every((each) => each === 1)).toBe(true);
  });

  it('writes over its own input where that is asked', () => {
    const x = Float64Array.of(1, 2, 3, 4);
    asArrayField(shift, { chunk: 1 }).evaluate(x, 1, x);
    expect([...x]).toEqual([2, 3, 4, 5]);
  });

  it('does nothing for no points', () => {
    expect(() => asArrayField(shift).evaluate(new Float64Array(0), 0, new Float64Array(0))).not.toThrow();
  });

  it('passes NaN and infinities through, rounds to float32', () => {
    const out = new Float64Array(4);
    asArrayField(shift).evaluate(Float64Array.of(NaN, Infinity, 0.1, 1e300), 0, out);
    expect([...out]).toEqual([NaN, Infinity, Math.fround(0.1), Infinity]);
  });

  it('refuses wrong shapes and options', () => {
    const field = asArrayField(shift);
    expect(() => field.evaluate(new Float64Array(3), 0, new Float64Array(3))).toThrow(
      '"x" expected a length that is a multiple of 2, got 3',
    );
    expect(() => field.evaluate(new Float64Array(2), 0, new Float64Array(4))).toThrow('"out" expected length 2, got 4');
    expect(() => field.evaluate(new Float64Array(2), NaN, new Float64Array(2))).toThrow(
      '"t" expected a finite number, got NaN',
    );
    expect(() => asArrayField(undefined as never)).toThrow('"field" expected a tensor field, got undefined');
    expect(() => asArrayField({ dim: 0, evaluate: shift.evaluate })).toThrow(
      '"field.dim" expected a whole number >= 1, got 0',
    );
    expect(() => asArrayField(shift, { chunk: 0 })).toThrow('"chunk" expected a whole number >= 1, got 0');
    expect(() => asArrayField(shift, { size: 1 } as never)).toThrow(
      '"options" expected only the options "chunk", got "size"',
    );
  });

  it('refuses a field whose answer has another shape than the points', () => {
    const evaluate = (answer: unknown) => () =>
      asArrayField({ dim: 2, evaluate: () => answer as tf.Tensor2D }).evaluate(new Float64Array(4), 0, out);
    const out = new Float64Array(4);
    expect(evaluate(tf.zeros([1, 1]))).toThrow('"field.evaluate(x, t)" expected shape [2, 2], got [1, 1]');
    expect(evaluate([1, 2])).toThrow('"field.evaluate(x, t)" expected shape [2, 2], got an array of length 2');
  });

  it('refuses points and answers that are no typed arrays', () => {
    const field = asArrayField(shift);
    const array = new Float64Array(2);
    for (const wrong of [undefined, null, [1, 2], new BigInt64Array(2)]) {
      expect(() => field.evaluate(wrong as never, 0, array)).toThrow('"x" expected a Float64Array');
      expect(() => field.evaluate(array, 0, wrong as never)).toThrow('"out" expected a Float64Array');
    }
  });
});
