import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRng, createRng, restoreRng, streamKey, type Rng, type RngSnapshot } from '../src/index.js';

const take = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.uint32());
const seeds = fc.oneof(fc.maxSafeInteger(), fc.string());

describe('createRng', () => {
  it('repeats itself for one seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(take(createRng(seed), 9)).toEqual(take(createRng(seed), 9));
      }),
    );
  });

  it('gives different streams for different seeds, 0 and 1, 1 and -1, 1 and "1" among them', () => {
    const numbers = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, -(2 ** 32), Number.MAX_SAFE_INTEGER];
    const streams = [...numbers, '', '0', '1', '\0', '\0\0', 'a', 'b'];
    const first = streams.map((seed) => take(createRng(seed), 4).join());
    expect(new Set(first).size).toBe(streams.length);
  });

  it('takes -0 for 0', () => {
    expect(take(createRng(-0), 4)).toEqual(take(createRng(0), 4));
  });

  it('keeps the words it gave when it was published', () => {
    // Recorded once from this implementation, whose block function has published test vectors of its own.
    expect(take(createRng(0), 5)).toEqual([7573941, 4224060846, 487724147, 914114745, 465132185]);
    expect(take(createRng('brenier').fork('pairing').fork(7), 3)).toEqual([3697505229, 1445373216, 2741294609]);
  });

  it('refuses other seeds with a message that tells what it takes', () => {
    const message = '"seed" expected a string or a whole number within ±(2^53 - 1), got 0.5';
    expect(() => createRng(0.5)).toThrow(new RangeError(message));
    expect(() => createRng(NaN)).toThrow(RangeError);
    expect(() => createRng(2 ** 53)).toThrow(RangeError);
    expect(() => createRng(undefined as never)).toThrow(TypeError);
    expect(() => createRng({} as never)).toThrow(TypeError);
  });
});

describe('uniform', () => {
  it('is a multiple of 2^-53 in [0, 1), made of two words', () => {
    const rng = createRng(3);
    const twin = createRng(3);
    for (let i = 0; i < 1000; i++) {
      const u = rng.uniform();
      expect(u >= 0 && u < 1 && Number.isInteger(u * 2 ** 53)).toBe(true);
      expect(u).toBe(((twin.uint32() >>> 5) * 2 ** 26 + (twin.uint32() >>> 6)) / 2 ** 53);
    }
  });
});

describe('fork', () => {
  it('depends on the key and the label only, not on the position nor on other forks', () => {
    const rng = createRng(5);
    const early = take(rng.fork('noise'), 6);
    take(rng, 7);
    rng.fork('other');
    expect(take(rng.fork('noise'), 6)).toEqual(early);
  });

  it('does not consume from the parent', () => {
    const rng = createRng(5);
    rng.fork('noise').uint32();
    expect(take(rng, 6)).toEqual(take(createRng(5), 6));
  });

  it('gives different streams for different labels, whole numbers and texts alike', () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        fc.pre(!Object.is(a, b) && !(a === 0 && b === 0));
        const rng = createRng(1);
        expect(take(rng.fork(a), 4)).not.toEqual(take(rng.fork(b), 4));
      }),
    );
  });

  it('gives different streams for the same label under different parents and at different depths', () => {
    const rng = createRng(1);
    const streams = [rng, rng.fork(0), rng.fork(0).fork(0), rng.fork(1).fork(0), rng.fork(''), createRng(2).fork(0)];
    expect(new Set(streams.map((each) => take(each, 4).join())).size).toBe(streams.length);
  });

  it('makes neighbouring forks that are not correlated', () => {
    const count = 20000;
    let sum = 0;
    const rng = createRng(1);
    for (let i = 0; i < count; i++) sum += (rng.fork(i).uniform() - 0.5) * (rng.fork(i + 1).uniform() - 0.5);
    // Each product has mean 0 and standard deviation 1/12; the tolerance is five standard errors of the mean.
    expect(Math.abs(sum / count)).toBeLessThan(5 / 12 / Math.sqrt(count));
  });

  it('refuses labels that are neither texts nor whole numbers', () => {
    expect(() => createRng(1).fork(1.5)).toThrow(/"label" expected a string or a whole number/);
    expect(() => createRng(1).fork(null as never)).toThrow(TypeError);
  });
});

describe('snapshot and restoreRng', () => {
  it('continue with the very next word from any place in a block, through JSON', () => {
    for (let drawn = 0; drawn < 13; drawn++) {
      const rng = createRng('saved').fork(drawn);
      take(rng, drawn);
      const saved = JSON.parse(JSON.stringify(rng.snapshot())) as RngSnapshot;
      expect(saved.position).toBe(drawn);
      const restored = restoreRng(saved);
      expect(restored.snapshot()).toEqual(saved);
      expect(take(restored, 9)).toEqual(take(rng, 9));
      expect(take(restored.fork('x'), 2)).toEqual(take(rng.fork('x'), 2));
    }
  });

  it('reach positions beyond 2^32 blocks', () => {
    const position = 4 * 2 ** 32 - 2;
    const { algorithm, key } = createRng(1).snapshot();
    const rng = restoreRng({ algorithm, key, position });
    const words = take(rng, 8);
    expect(rng.snapshot().position).toBe(position + 8);
    expect(words.slice(2, 6)).not.toEqual(take(createRng(1), 4));
    expect(take(restoreRng({ algorithm, key, position: position + 2 }), 6)).toEqual(words.slice(2));
  });

  it('refuse what is not a snapshot', () => {
    const good = createRng(1).snapshot();
    expect(() => restoreRng(null as never)).toThrow(TypeError);
    expect(() => restoreRng({ ...good, algorithm: 'pcg64' as never })).toThrow(/expected one of "threefry4x32-20"/);
    expect(() => restoreRng({ ...good, key: [1, 2, 3] })).toThrow('"snapshot.key" expected length 4, got 3');
    expect(() => restoreRng({ ...good, key: [1, 2, 3, 2 ** 32] })).toThrow('"snapshot.key[3]"');
    expect(() => restoreRng({ ...good, key: 7 as never })).toThrow(TypeError);
    expect(() => restoreRng({ ...good, position: -1 })).toThrow(RangeError);
    expect(() => restoreRng({ ...good, position: 0.5 })).toThrow(RangeError);
  });
});

describe('checkRng', () => {
  it('returns a generator and refuses anything else with advice', () => {
    const rng = createRng(1);
    expect(checkRng('rng', rng)).toBe(rng);
    for (const value of [undefined, null, 3, {}, () => 0.5, { uniform: () => 0 }]) {
      expect(() => checkRng('rng', value)).toThrow(TypeError);
    }
    expect(() => checkRng('rng', undefined)).toThrow('"rng" expected an Rng such as createRng(0), got undefined');
  });
});

describe('streamKey', () => {
  it('is the key of a stream at its start, with which the stream can be made again', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, label) => {
        const rng = createRng(seed).fork(label);
        const key = Array.from(streamKey(rng)!);
        expect(key).toEqual(rng.snapshot().key);
        expect(take(restoreRng({ algorithm: 'threefry4x32-20', key, position: 0 }), 9)).toEqual(take(rng, 9));
      }),
    );
  });

  it('is none once a word was drawn', () => {
    for (const count of [1, 3, 4, 5]) {
      const rng = createRng(1);
      take(rng, count);
      expect(streamKey(rng)).toBeUndefined();
      expect(streamKey(restoreRng(rng.snapshot()))).toBeUndefined();
    }
  });

  it('is none for a generator of someone else, and refuses what is no generator', () => {
    expect(streamKey({ ...createRng(1), uint32: () => 0, uniform: () => 0, fork: () => createRng(1) })).toBeUndefined();
    expect(() => streamKey(1 as never)).toThrow('"rng" expected an Rng such as createRng(0), got 1');
  });

  it('is a copy', () => {
    const rng = createRng(1);
    streamKey(rng)!.fill(0);
    expect(streamKey(rng)).toEqual(streamKey(createRng(1)));
  });
});
