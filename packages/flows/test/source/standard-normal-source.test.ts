import { createRng, fillNormal } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { standardNormalSource } from '../../src/index.js';

describe('standardNormalSource', () => {
  it('draws the normal numbers of the generator, point by point', () => {
    expect(standardNormalSource({ dim: 3 }).draw(createRng(1), 4)).toEqual(
      fillNormal(createRng(1), new Float64Array(12)),
    );
  });

  it('refuses what is no dimension, no count and no generator', () => {
    expect(() => standardNormalSource({ dim: 0 })).toThrow('"dim" expected a whole number >= 1, got 0');
    expect(() => standardNormalSource(undefined as never)).toThrow(TypeError);
    expect(() => standardNormalSource({ dim: 2, sd: 1 } as never)).toThrow('got "sd"');
    expect(() => standardNormalSource({ dim: 2 }).draw(createRng(0), 0)).toThrow('"count"');
    expect(() => standardNormalSource({ dim: 2 }).draw(undefined as never, 1)).toThrow(TypeError);
  });
});
