import { createRng } from '@brenier/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOptimalPotentials, expectPotentialsClose } from '../../src/transport/expect-potentials.js';
import { convexGradientProblem, hiddenPermutationProblem } from '../../src/transport/known-answers.js';
import { knownTransportProblem } from '../../src/transport/transport-arbitraries.js';

describe('the known problems', () => {
  it('carry potentials that prove their cost, where they carry potentials', () => {
    fc.assert(
      fc.property(knownTransportProblem(), (known) => {
        if (known.f === undefined || known.g === undefined) return;
        expectOptimalPotentials(known, { f: known.f, g: known.g });
      }),
    );
  });

  it('are the same for the same seed', () => {
    expect(convexGradientProblem(createRng(1), 5, 2)).toEqual(convexGradientProblem(createRng(1), 5, 2));
  });
});

describe('the checkers of potentials', () => {
  const known = hiddenPermutationProblem(createRng(3), 6);
  const { f, g } = known as Required<typeof known>;

  it('accept a constant that moves from one potential to the other', () => {
    const shifted = { f: f.map((each) => each + 2), g: g.map((each) => each - 2) };
    expectPotentialsClose(shifted, { f, g });
    expectOptimalPotentials(known, shifted);
  });

  it('refuse a potential that is infeasible, and one that proves too little', () => {
    expect(() => expectOptimalPotentials(known, { f: f.map((each) => each + 1e-3), g })).toThrow('exceeds the cost');
    expect(() => expectOptimalPotentials(known, { f: f.map((each) => each - 1e-3), g })).toThrow('off by');
  });

  it('refuse a shift of one potential alone', () => {
    expect(() => expectPotentialsClose({ f: f.map((each) => each + 2), g }, { f, g })).toThrow('entry 0');
  });
});
