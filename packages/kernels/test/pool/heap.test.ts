import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeap } from '../../src/pool/heap.js';

describe('createHeap', () => {
  it('gives pieces that do not overlap, begin at multiples of 64 and lie inside the memory', () => {
    const holdOrRelease = fc.record({ bytes: fc.nat(200_000), victim: fc.nat(), isHold: fc.boolean() });
    fc.assert(
      fc.property(fc.array(holdOrRelease, { maxLength: 60 }), (actions) => {
        const memory = new WebAssembly.Memory({ initial: 1 });
        const { hold } = createHeap(memory, 100);
        const held: { offset: number; bytes: number; release: () => void }[] = [];
        for (const { bytes, victim, isHold } of actions) {
          if (isHold) held.push({ bytes, ...hold(bytes) });
          else if (held.length > 0) held.splice(victim % held.length, 1)[0].release();
          const pieces = [...held].sort((a, b) => a.offset - b.offset);
          pieces.forEach(({ offset, bytes: size }, i) => {
            expect(offset % 64).toBe(0);
            expect(offset + size).toBeLessThanOrEqual(pieces[i + 1]?.offset ?? memory.buffer.byteLength);
          });
          expect(pieces[0]?.offset ?? 128).toBeGreaterThanOrEqual(128);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('joins what was given back in any order, so that the memory stays as it is', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { hold } = createHeap(memory, 0);
    const size = 1_000_000;
    const [a, b, c] = [hold(size), hold(size), hold(size)];
    const { byteLength } = memory.buffer;
    b.release();
    c.release();
    a.release();
    expect(hold(3 * size).offset).toBe(a.offset);
    expect(memory.buffer.byteLength).toBe(byteLength);
  });

  it('takes a second release of the same piece for nothing', () => {
    const { hold } = createHeap(new WebAssembly.Memory({ initial: 1 }), 0);
    const first = hold(64);
    first.release();
    const second = hold(64);
    first.release();
    expect(hold(64).offset).not.toBe(second.offset);
  });

  it('says what is missing when the memory cannot grow', () => {
    const { hold } = createHeap(new WebAssembly.Memory({ initial: 1, maximum: 2 }), 0);
    expect(() => hold(200_000)).toThrow('could not grow to 200000');
    expect(hold(100_000).offset).toBe(0);
    expect(() => hold(-1)).toThrow('"bytes" expected a whole number');
  });
});
