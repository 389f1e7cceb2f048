import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, velocityMlp } from '../src/index.js';

describe('a saved model', () => {
  it('comes back as it was', () => {
    const { spec, initParameters } = velocityMlp({ dim: 2, hidden: [5], activation: 'silu', time: { fourier: 2 } });
    const model = { spec, parameters: initParameters(createRng(3)) };
    expect(decodeModel(encodeModel(model))).toEqual(model);
  });

  it('is refused where the bytes are something else', () => {
    expect(() => decodeModel(new Uint8Array(40))).toThrow(RangeError);
    expect(() => decodeModel([] as never)).toThrow('"bytes" expected a Uint8Array, got an array of length 0');
  });
});
