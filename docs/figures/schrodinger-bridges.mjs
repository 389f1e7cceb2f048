/** The figures of the guide to Schrödinger bridges: what is learned between eight Gaussians and two moons. */
import { bridgeFields, brownian, dsbm } from '@brenier/bridges';
import { eightGaussiansTutorial, moonsTutorial } from '@brenier/datasets';
import { adam, cosineDecay, fusedMlp, memoryCheckpoint } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { denoisingEulerMaruyama, euler, integrate, integrateSde, refinedTimes } from '@brenier/samplers';
import { colours, inPanel, saveFigure } from './panels.mjs';

const { dots, segments, curves } = inPanel(7.5);
const law = (draw) => ({ dim: 2, draw: (rng, count) => draw(rng, count).points });
const [source, target] = [law(eightGaussiansTutorial), law(moonsTutorial)];
const sigma = 1;
const rng = createRng('bridge figures');
const network = fusedMlp({ dim: 2, hidden: [64, 64], activation: 'silu' });
const networks = { forward: network, backward: network };
const starts = source.draw(rng.fork('starts'), 160);

const options = {
  source,
  target,
  reference: brownian({ sigma }),
  networks,
  start: 'independent',
  startHalfSteps: 2,
  steps: 1500,
  firstSteps: 3000,
  batchSize: 256,
  optimizer: adam({ learningRate: 5e-3 }),
  rateSchedule: (to) => cosineDecay({ to }),
  weight: 'end-variance',
  cacheSize: 4000,
  monitorCount: 0,
  checkpoint: { store: memoryCheckpoint() },
};
// The second call goes on from the first.
const once = await dsbm(rng.fork('training'), { ...options, halfSteps: 2 });
const often = await dsbm(rng.fork('training'), { ...options, halfSteps: 8 });

function paths(bridge) {
  const times = refinedTimes({ numSteps: 100 });
  const { forward } = bridgeFields(networks, bridge);
  return integrateSde(rng.fork('noise'), forward, starts, {
    method: denoisingEulerMaruyama(),
    diffusion: sigma,
    times,
  }).states;
}

const [first, last] = [paths(once), paths(often)];
const ends = (states, title) => ({
  title,
  marks: [
    segments(states[0], states.at(-1), colours.mass),
    dots(states[0], colours.source),
    dots(states.at(-1), colours.target),
  ].join('\n'),
});
saveFigure(
  'bridge-iterations.svg',
  'Starts and ends of the same paths: after one iteration they cross the plane, after four they go to what is near',
  [
    ends([starts, target.draw(rng.fork('ends'), 160)], 'The first coupling: independent'),
    ends(first, 'After one iteration'),
    ends(last, 'After four'),
  ],
);

const few = (states) => states.map((points) => points.subarray(0, 2 * 24));
const flow = integrate(bridgeFields(networks, often).flow, starts, {
  method: euler(),
  numSteps: 50,
  keep: 'trajectory',
}).states;
saveFigure('bridge-paths.svg', 'Twenty-four paths of the bridge, which are rough, and of its flow, which are smooth', [
  {
    title: 'Paths of the bridge, σ = 1',
    marks: [
      curves(few(last), colours.path),
      dots(few(last)[0], colours.source),
      dots(last.at(-1), colours.target, 1.4),
    ].join('\n'),
  },
  {
    title: 'Its probability flow',
    marks: [
      curves(few(flow), colours.path),
      dots(few(flow)[0], colours.source),
      dots(flow.at(-1), colours.target, 1.4),
    ].join('\n'),
  },
]);
