import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, velocityMlp } from '../../src/index.js';

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

describe('encodeModel', () => {
  it('refuses what is no model, and parameters in another precision than it reads back', () => {
    const parameters = new Float32Array(2);
    for (const model of [undefined, null, 3]) expect(() => encodeModel(model as never)).toThrow('"model" expected');
    expect(() => encodeModel({ parameters } as never)).toThrow('"model.spec" expected the spec of a network');
    expect(() => encodeModel({ spec: { kind: 'a', options: {} }, parameters: new Float64Array(2) as never })).toThrow(
      '"model.parameters" expected a Float32Array, got a Float64Array of length 2',
    );
  });
});
