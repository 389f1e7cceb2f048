import { describe, expect, it } from 'vitest';
import { expectAllClose, expectClose } from '../src/close.js';

describe('expectClose', () => {
  it('accepts what is inside the relative bound and refuses what is not', () => {
    expect(() => expectClose(100 + 1e-11, 100)).not.toThrow();
    expect(() => expectClose(100 + 1e-9, 100)).toThrow('expected 100, got 100.000000001: off by');
  });

  it('needs an absolute bound around zero', () => {
    expect(() => expectClose(1e-15, 0)).toThrow();
    expect(() => expectClose(1e-15, 0, { absolute: 1e-14 })).not.toThrow();
  });

  it('never takes NaN for a number', () => {
    expect(() => expectClose(NaN, 1, { absolute: Infinity })).toThrow();
    expect(() => expectClose(NaN, NaN)).not.toThrow();
  });
});

describe('expectAllClose', () => {
  it('refuses arrays of different lengths', () => {
    expect(() => expectAllClose([1, 2], [1])).toThrow('expected 1 entries, got 2');
  });

  it('measures every entry against the largest one and names the one that misses', () => {
    expect(() => expectAllClose([1000, 1e-10], [1000, 0])).not.toThrow();
    expect(() => expectAllClose([1000, 1e-8], [1000, 0])).toThrow('entry 1: expected 0');
  });
});
