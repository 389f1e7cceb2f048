/** The couplings that an iteration may begin with. Both draw the starts from the same stream, so they differ by the ends alone. */
import { fillNormal } from '@brenier/random';
import type { Pairing } from '../matching/pairing.js';
import { drawChecked, type PointSource } from '../matching/point-source.js';
import type { Reference } from '../reference/reference.js';

/** Starts and ends that know nothing of each other. */
export function independentEnds(source: PointSource, target: PointSource): Pairing {
  return {
    dim: source.dim,
    draw: (rng, count) => ({
      x0: drawChecked('source', source, rng.fork('source'), count),
      x1: drawChecked('target', target, rng.fork('target'), count),
    }),
  };
}

/** Ends of the reference process: its law at time 1 given the start. */
export function referenceEnds(source: PointSource, reference: Reference): Pairing {
  const { factor, variance } = reference.transition(0, 1);
  return {
    dim: source.dim,
    draw(rng, count) {
      const x0 = drawChecked('source', source, rng.fork('source'), count);
      const noise = fillNormal(rng.fork('reference'), new Float64Array(x0.length), { sd: Math.sqrt(variance) });
      return { x0, x1: noise.map((each, j) => factor * x0[j] + each) };
    },
  };
}
