// What a batch gives back: whole results, with proofs or without, plans alone, or costs alone.
import { checkOneOf } from '@brenier/errors';
import type { PermutationCoupling, SparseCoupling } from '../coupling/coupling.js';
import { transportCost } from '../coupling/transport-cost.js';
import {
  networkSimplex,
  type NetworkSimplexResult,
  type NetworkSimplexState,
  type UncertifiedNetworkSimplexResult,
} from '../solver/network-simplex.js';
import type { SolveStatus } from '../solver/solver.js';

/** The answers to a batch, in the order of its problems, for each value of the option `want`. */
export interface EmdBatchAnswers {
  /** All that `emd` gives, with the proofs. */
  readonly result: readonly NetworkSimplexResult[];
  /** What `emd` gives with `certify: false`. */
  readonly uncertified: readonly UncertifiedNetworkSimplexResult[];
  /** The plans alone: no potentials, no proofs. */
  readonly coupling: readonly (PermutationCoupling | SparseCoupling)[];
  /** ⟨C,P⟩ of each plan, shape [problems]. */
  readonly cost: Float64Array;
}

/** The answers to a batch that was stopped: nothing stands where a problem was not finished. */
export interface PartialEmdBatchAnswers {
  /** All that `emd` gives; `undefined` where it is missing. */
  readonly result: readonly (NetworkSimplexResult | undefined)[];
  /** What `emd` gives with `certify: false`; `undefined` where it is missing. */
  readonly uncertified: readonly (UncertifiedNetworkSimplexResult | undefined)[];
  /** The plans alone; `undefined` where one is missing. */
  readonly coupling: readonly (PermutationCoupling | SparseCoupling | undefined)[];
  /** ⟨C,P⟩ of each plan; NaN where it is missing. */
  readonly cost: Float64Array;
}

/** What a batch is asked for. */
export type EmdBatchWant = keyof EmdBatchAnswers;

/** Checks the option `want`. */
export function checkWant<W extends EmdBatchWant>(want: W | undefined): W {
  return checkOneOf('want', want ?? 'result', ['result', 'uncertified', 'coupling', 'cost']) as W;
}

/** The answers so far. */
export interface AnswerSheet<W extends EmdBatchWant> {
  readonly answers: PartialEmdBatchAnswers[W];
  /** Reads the answer to problem k off a finished solve. */
  read(k: number, state: NetworkSimplexState): void;
  /** The problems that have none, in order. */
  missing(): number[];
}

/** A sheet for `count` problems. */
export function createAnswerSheet<W extends EmdBatchWant>(want: W, count: number): AnswerSheet<W> {
  const answers = want === 'cost' ? new Float64Array(count).fill(NaN) : new Array<unknown>(count).fill(undefined);
  const isThere = new Uint8Array(count);
  const answerOf = readerOf(want);
  return {
    answers: answers as unknown as PartialEmdBatchAnswers[W],
    read(k, state) {
      answers[k] = answerOf(state);
      isThere[k] = 1;
    },
    missing: () => Array.from(isThere.keys()).filter((k) => isThere[k] === 0),
  };
}

/** By the parts of the solver itself, so that every number is that of a problem solved alone. */
function readerOf(want: EmdBatchWant): (state: NetworkSimplexState) => unknown {
  const solver = networkSimplex({ certify: want === 'result' });
  if (want === 'coupling') return (state) => solver.coupling(state);
  if (want === 'cost') return (state) => transportCost(state.problem.geometry, solver.coupling(state));
  return (state) => solver.result(state, solver.status(state) as SolveStatus);
}
