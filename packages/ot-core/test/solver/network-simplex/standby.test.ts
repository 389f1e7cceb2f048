import { describe, expect, it } from 'vitest';
import { networkSimplex, runSync } from '@brenier/ot-core';
import { SimplexMemory } from '../../../src/solver/network-simplex/simplex-memory.js';
import { Standby } from '../../../src/solver/network-simplex/standby.js';
import { problemKinds } from './problem-kinds.js';

/** As much work as makes a solve a long one. */
const LONG = 2 ** 22;
const [[, problem]] = problemKinds;

/** A solve that is under way, and a standby of it that is asked for after every step. */
function prepare(rehearse: () => void) {
  const memory = new SimplexMemory(problem);
  return { memory, standby: new Standby(problem, memory, rehearse) };
}

describe('Standby', () => {
  it('rehearses a stop once, and only where the solve is long', () => {
    let rehearsals = 0;
    const { memory, standby } = prepare(() => (rehearsals += 1));
    for (let step = 0; step < 10; step++) standby.afterStep(LONG / 16);
    expect(rehearsals).toBe(0);
    for (let step = 0; step < 10; step++) standby.afterStep(LONG);
    expect(rehearsals).toBe(1);
    memory.dispose();
  });

  it('lets a solve go on that leaves no memory for it, and takes snapshots all the same', () => {
    const { memory, standby } = prepare(() => void new Uint8Array(2 ** 53 - 1));
    for (let step = 0; step < 10; step++) standby.afterStep(LONG);
    const resumed = runSync(networkSimplex({ from: standby.takeSnapshot() }), problem);
    expect(resumed).toEqual(runSync(networkSimplex(), problem));
    memory.dispose();
  });

  it('does not hide an error that is not one of memory', () => {
    const { memory, standby } = prepare(() => {
      throw new TypeError('not of memory');
    });
    expect(() => {
      for (let step = 0; step < 10; step++) standby.afterStep(LONG);
    }).toThrow('not of memory');
    memory.dispose();
  });
});
