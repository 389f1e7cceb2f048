import { fillNormal, fillUniform, type Rng } from '@brenier/random';
import type { Objective } from '../../src/workers.js';

/** What the objective of these tests does besides drawing; plain data, as settings must be. */
export interface SlowSettings {
  /** Draws take up to this many milliseconds, each another time in every run. */
  readonly jitter?: number;
  /** Its name; a worker that makes one of another name is refused. */
  readonly name?: string;
  /** The batch that goes wrong, known by the first word of its generator, or all of them; and how. */
  readonly fault?: {
    readonly word: number | 'any';
    readonly how: 'throw' | 'throw what cannot be cloned' | 'exit' | 'bad shape';
  };
}

/** Points of the plane that should move halfway to the origin. */
export function slowObjective({ jitter = 0, name = 'halve', fault }: SlowSettings): Objective {
  const weight = new Float32Array(16).fill(2);
  return {
    dim: 2,
    name,
    draw(rng: Rng) {
      sleep((997 * performance.now()) % (jitter || 1), jitter);
      const word = rng.uint32();
      const isFaulty = fault !== undefined && (fault.word === 'any' || fault.word === word);
      if (isFaulty && fault.how === 'exit') globalThis.process.exit(3);
      if (isFaulty && fault.how === 'throw') throw new RangeError('no batch today');
      if (isFaulty && fault.how === 'throw what cannot be cloned') throw uncloneable();
      const t = fillUniform(rng, new Float32Array(16));
      const x = fillNormal(rng, new Float32Array(isFaulty ? 31 : 32));
      const label = new Int32Array(16).fill(-1);
      // One array for all batches, and one twice in a batch: neither may be transferred away.
      return { count: 16, dim: 2, t, x, target: x, weight, label };
    },
  };
}

function sleep(milliseconds: number, isAsked: number): void {
  if (isAsked > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function uncloneable(): unknown {
  return { toString: () => 'no batch today' };
}
