/** The figures of the guide to closed-form fields. */
import { moonsTutorial } from '@brenier/datasets';
import {
  empiricalField,
  gaussianField,
  gaussianMixtureField,
  gaussianToCloudField,
  independentComponents,
  linearInterpolant,
} from '@brenier/flows';
import { gaussianMap } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { integrate, rk4 } from '@brenier/samplers';
import { colours, inPanel, saveFigure } from './panels.mjs';

const rng = createRng('closed-form fields');
const noise = fillNormal(rng.fork('noise'), new Float64Array(160));

const [p, q] = [
  { mean: [-2.4, -1], covariance: [2.2, 1.2, 1.2, 0.9] },
  { mean: [2.2, 1.2], covariance: [0.6, -0.5, -0.5, 1.6] },
];
const ends = { mean0: p.mean, mean1: q.mean, covariance0: p.covariance, covariance1: q.covariance };
const optimal = times(p.covariance, transposed(gaussianMap(p, q).matrix));
// The whitened end is the whitened start after a quarter turn, up to some noise.
const turned = times(times(lower(p.covariance), [0, 0.9, -0.9, 0]), transposed(lower(q.covariance)));

drawGaussianPairs();
drawParts();
drawMixtures();
drawEmpirical();
drawLine();

function drawGaussianPairs() {
  const { dots, curves } = inPanel(6);
  const root = lower(p.covariance);
  const starts = noise.map((_, at) => {
    const [y, z] = [noise[at - (at % 2)], noise[at - (at % 2) + 1]];
    return at % 2 === 0 ? p.mean[0] + root[0] * y : p.mean[1] + root[2] * y + root[3] * z;
  });
  const couplings = [
    { title: 'Independent ends', crossCovariance: 0 },
    { title: 'The optimal coupling', crossCovariance: optimal },
    { title: 'Ends that are turned', crossCovariance: turned },
  ];
  saveFigure(
    'gaussian-pairs.svg',
    'Trajectories between the same two Gaussians for three couplings: bent, straight, and turning',
    couplings.map(({ title, crossCovariance }) => {
      const { states, final } = follow(gaussianField({ ...ends, crossCovariance }), starts);
      return {
        title,
        marks: [curves(states, colours.path), dots(starts, colours.source), dots(final, colours.target)].join('\n'),
      };
    }),
  );
}

function drawParts() {
  const { dots, segments } = inPanel(4);
  const field = gaussianField({ ...ends, mean0: [0, 0], mean1: [0, 0], crossCovariance: turned });
  const t = 0.5;
  const grid = Float64Array.from(
    { length: 2 * 121 },
    (_, at) => ((at % 2 ? Math.floor(at / 22) : (at >> 1) % 11) - 5) * 0.6,
  );
  const [right, up, v] = [new Float64Array(2), new Float64Array(2), new Float64Array(grid.length)];
  field.jacobianProduct(new Float64Array(2), t, Float64Array.of(1, 0), right);
  field.jacobianProduct(new Float64Array(2), t, Float64Array.of(0, 1), up);
  field.evaluate(grid, t, v);
  const score = new Float64Array(grid.length);
  field.score.evaluate(grid, t, score);
  const [a, b, , d] = field.marginal(t).covariance;
  // The turned score (s₂, −s₁) has the matrix of a quarter turn of Σ⁻¹: one multiple of it takes the curl of v.
  const amount = ((right[1] - up[0]) * (a * d - b * b)) / (a + d);
  const across = score.map((_, at) => (at % 2 === 0 ? amount * score[at + 1] : -amount * score[at - 1]));
  const parts = [
    { title: 'The field', vectors: v },
    { title: 'Its gradient part', vectors: v.map((each, at) => each - across[at]) },
    { title: 'Its divergence-free part', vectors: across },
  ];
  saveFigure(
    'field-parts.svg',
    'A linear field, its gradient part and the rest, which circles along the ellipses of constant density',
    parts.map(({ title, vectors }) => {
      const tips = grid.map((each, at) => each + 0.11 * vectors[at]);
      return { title, marks: [segments(grid, tips, colours.path), dots(grid, colours.source, 1.4)].join('\n') };
    }),
  );
}

function drawMixtures() {
  const { dots, curves } = inPanel(6);
  const centres = [
    [3, 1.5],
    [-3, 2.5],
    [0.5, -3.5],
  ];
  const three = (covariance) => centres.map((mean) => ({ weight: 1, mean, covariance }));
  const standard = [{ weight: 1, mean: [0, 0], covariance: 1 }];
  const moons = moonsTutorial(rng.fork('moons'), 200);
  const targets = [
    { title: 'To three Gaussians', field: gaussianMixtureField(independentComponents(standard, three(0.25))) },
    { title: 'To three points', field: gaussianMixtureField(independentComponents(standard, three(0))) },
    { title: 'To 200 points', field: gaussianToCloudField(moons) },
  ];
  saveFigure(
    'mixture-fields.svg',
    'Trajectories from a standard Gaussian to three Gaussians, to three points and to two hundred points of two moons',
    targets.map(({ title, field }) => {
      const { states, final } = follow(field, noise);
      return {
        title,
        marks: [curves(states, colours.path), dots(noise, colours.source), dots(final, colours.target)].join('\n'),
      };
    }),
  );
}

function drawEmpirical() {
  const { dots, curves } = inPanel(6.6);
  const target = moonsTutorial(rng.fork('targets'), 80);
  const pairs = { x0: fillNormal(rng.fork('starts'), new Float64Array(160)), x1: target.points };
  saveFigure(
    'empirical-fields.svg',
    'Trajectories of the field of eighty pairs for three widths: with little noise they end in the data, with much they blur it',
    [0.05, 0.3, 0.8].map((sigma) => {
      const { states, final } = follow(
        empiricalField(pairs, { dim: 2, interpolant: linearInterpolant({ sigma }) }),
        noise,
      );
      const marks = [curves(states, colours.path), dots(target.points, colours.target), dots(final, '#18181b', 1.6)];
      return { title: `Width ${sigma}`, marks: marks.join('\n') };
    }),
  );
}

function drawLine() {
  const { dots, segments, curves } = inPanel(1.1);
  const part = (mean0, mean1) => ({
    ...{ weight: 1, mean0: [mean0], mean1: [mean1] },
    ...{ covariance0: 0.25, covariance1: 0.4, crossCovariance: -0.25 },
  });
  const field = gaussianMixtureField([part(-2, 2.4), part(1.6, -1.2)]);
  const count = 48;
  const z = fillNormal(rng.fork('line'), new Float64Array(2 * count));
  const x0 = Float64Array.from({ length: count }, (_, i) => (i % 2 ? 1.6 : -2) + 0.5 * z[2 * i]);
  // Given a deviation of the start, the mean of the end deviates by −0.25/0.25 of it, with variance 0.4 − 0.25.
  const x1 = x0.map((_, i) => (i % 2 ? -1.2 : 2.4) - 0.5 * z[2 * i] + Math.sqrt(0.15) * z[2 * i + 1]);
  const { states, times: t } = follow(field, x0);
  const at = (time, x) =>
    Float64Array.from({ length: 2 * x.length }, (_, k) => (k % 2 ? x[k >> 1] / 4.5 : 2 * time - 1));
  const ends = (last) => [dots(at(0, x0), colours.source), dots(at(1, last), colours.target)];
  saveFigure(
    'line.svg',
    'Time to the right, position upwards: the pairs of a coupling cross, the trajectories of its field keep their order',
    [
      { title: 'Pairs of a coupling', marks: [segments(at(0, x0), at(1, x1), colours.mass), ...ends(x1)].join('\n') },
      {
        title: 'Trajectories of its field',
        marks: [
          curves(
            states.map((x, k) => at(t[k], x)),
            colours.path,
          ),
          ...ends(states.at(-1)),
        ].join('\n'),
      },
    ],
  );
}

/** Until just before 1, where a path that ends in points has no density any more; every fifth state is drawn. */
function follow(field, starts) {
  const result = integrate(field, starts, { method: rk4(), numSteps: 200, to: 0.9999, keep: 'trajectory' });
  const drawn = (_, step) => step % 5 === 0;
  return { final: result.final, times: result.times.filter(drawn), states: result.states.filter(drawn) };
}

function lower([a, b, , d]) {
  const first = Math.sqrt(a);
  return [first, 0, b / first, Math.sqrt(d - (b * b) / a)];
}

function times(a, b) {
  return [a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]];
}

function transposed([a, b, c, d]) {
  return [a, c, b, d];
}
