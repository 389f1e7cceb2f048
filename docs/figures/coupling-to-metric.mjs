/** The figures of the guide from coupling to metric. */
import { eightGaussiansTutorial, moonsTutorial } from '@brenier/datasets';
import { empiricalField, linearInterpolant } from '@brenier/flows';
import { emd } from '@brenier/ot-core';
import { createRng } from '@brenier/random';
import { heun, integrate } from '@brenier/samplers';
import { colours, inPanel, saveFigure } from './panels.mjs';

const { dots, segments, curves } = inPanel(7.5);
const count = 256;

const rng = createRng('figures');
const x0 = eightGaussiansTutorial(rng.fork('x0'), count);
const target = moonsTutorial(rng.fork('x1'), count);
const { columnOfRow } = emd(x0, target).coupling;
const matched = Float64Array.from(x0.points, (_, at) => target.points[2 * columnOfRow[at >> 1] + (at & 1)]);
const starts = eightGaussiansTutorial(rng.fork('starts'), 120).points;

const couplings = [
  { title: 'Independent pairs', x1: target.points },
  { title: 'Pairs of optimal transport', x1: matched },
].map(({ title, x1 }) => ({ title, x0: x0.points, x1 }));

saveFigure(
  'couplings.svg',
  'Eight Gaussians coupled with two moons: independent pairs cross, those of optimal transport do not',
  couplings.map(({ title, x0, x1 }) => ({
    title,
    marks: [segments(x0, x1, colours.mass), dots(x0, colours.source), dots(x1, colours.target)].join('\n'),
  })),
);
saveFigure(
  'trajectories.svg',
  'Trajectories of the two fields: those of independent pairs bend, those of optimal transport are almost straight',
  couplings.map(({ title, ...pairs }) => {
    const field = empiricalField(pairs, { dim: 2, interpolant: linearInterpolant({ sigma: 0.3 }) });
    const { states, final } = integrate(field, starts, { method: heun(), numSteps: 24, keep: 'trajectory' });
    return {
      title: `Field of ${title[0].toLowerCase()}${title.slice(1)}`,
      marks: [curves(states, colours.path), dots(starts, colours.source), dots(final, colours.target)].join('\n'),
    };
  }),
);
