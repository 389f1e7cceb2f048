import { describe, expect, it } from 'vitest';
import { expectAllClose } from '@brenier/testing';
import { conditionCount, writeCondition, type Condition } from '../../src/network/condition.js';

function featuresOf(condition: Condition, t: number, label = -1): Float32Array {
  const out = new Float32Array(conditionCount(condition)).fill(9);
  writeCondition(condition, t, label, out, 0);
  return out;
}

describe('what a network is told beside the point', () => {
  it('is the time alone by default', () => {
    expect(featuresOf({ time: 'raw', classes: 0 }, 0.25)).toEqual(Float32Array.of(0.25));
  });

  it('has sines and cosines of octaves after the time', () => {
    const expected = [0.3];
    for (let k = 0; k < 16; k++) expected.push(Math.sin(2 ** k * Math.PI * 0.3), Math.cos(2 ** k * Math.PI * 0.3));
    // float32 is good to 6e-8, the last octave to 2^16 · 1e-16 on top.
    expectAllClose(featuresOf({ time: { fourier: 16 }, classes: 0 }, 0.3), expected, { absolute: 6e-8 });
  });

  it.each([1, 2, 5, 256])(
    'has the positional encoding of transformers in 2 · %d dimensions at position 1000 t',
    (n) => {
      for (const t of [0, 1e-3, 0.3, 1]) {
        // Vaswani et al. 2017, section 3.5, word for word: PE(pos, 2i) = sin(pos / 10000^(2i / d)), PE(pos, 2i + 1) the
        // cosine.
        const [pos, d] = [1000 * t, 2 * n];
        const expected = Array.from({ length: n }, (_, i) => pos / 10000 ** ((2 * i) / d)).flatMap((angle) => [
          Math.sin(angle),
          Math.cos(angle),
        ]);
        expectAllClose(featuresOf({ time: { sinusoidal: n }, classes: 0 }, t), expected, { absolute: 6e-8 }); // float32
      }
    },
  );

  it('ends with a one for the class, and with zeros for a sample that has none', () => {
    const condition = { time: 'raw', classes: 3 } as const;
    expect(featuresOf(condition, 0.5, 0)).toEqual(Float32Array.of(0.5, 1, 0, 0));
    expect(featuresOf(condition, 0.5, 2)).toEqual(Float32Array.of(0.5, 0, 0, 1));
    expect(featuresOf(condition, 0.5, -1)).toEqual(Float32Array.of(0.5, 0, 0, 0));
  });

  it('is written wherever it is wanted, and nowhere else', () => {
    for (const time of ['raw', { fourier: 2 }, { sinusoidal: 2 }] as const) {
      const condition = { time, classes: 2 };
      const plain = featuresOf(condition, 0.7, 1);
      const spread = new Float32Array(3 * plain.length + 5).fill(7);
      writeCondition(condition, 0.7, 1, spread, 4, 3);
      const expected = new Float32Array(spread.length).fill(7);
      plain.forEach((value, k) => (expected[4 + 3 * k] = value));
      expect(spread).toEqual(expected);
    }
  });

  it('is no number where the time is none', () => {
    for (const time of ['raw', { fourier: 1 }, { sinusoidal: 1 }] as const) {
      expect(featuresOf({ time, classes: 0 }, NaN)[0]).toBeNaN();
    }
    expect(featuresOf({ time: { sinusoidal: 1 }, classes: 0 }, Infinity)[0]).toBeNaN();
  });
});
