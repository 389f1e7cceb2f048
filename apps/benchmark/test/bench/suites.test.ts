import { createRng } from '@brenier/random';
import { expect, test } from 'vitest';
import { unpackArray, type PackedArray } from '../../src/bench/contender/packed-array.js';
import { createOtCfmObjective } from '../../src/bench/ours/ot-cfm-objective.js';
import { prepareWork } from '../../src/bench/ours/prepare-work.js';
import { sampleSuite } from '../../src/bench/suite/sample-suite.js';
import { trainSuite } from '../../src/bench/suite/train-suite.js';

const settings = { steps: 20, seed: 1 };
const variant = { name: 'fused', group: 'plain SIMD' };
const onOneThread = { threads: 1, relaxedSimd: false, wideVectors: false };

test('suites name every cell once, and are plain JSON functions of the seed', async () => {
  for (const suite of [trainSuite, sampleSuite]) {
    const cells = await suite.cells(settings);
    expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length);
    expect(JSON.parse(JSON.stringify(cells))).toEqual(JSON.parse(JSON.stringify(await suite.cells(settings))));
    expect((await suite.cells({ ...settings, seed: 2 }))[0].work).not.toEqual(cells[0].work);
  }
});

test('our walk with noise ends where the packed noise, added step by step, leads', async () => {
  const { work } = (await sampleSuite.cells(settings)).find(({ name }) => name === 'euler-maruyama')!;
  if (work.kind !== 'mlp-walk') throw new Error('another work');
  // With parameters of zero the velocity is zero and the end is the start plus all noise.
  const zeros = { float32: Buffer.alloc(Buffer.from(work.parameters.float32, 'base64').length).toString('base64') };
  const { answer, dispose } = await prepareWork({ ...work, parameters: zeros }, onOneThread);
  const samples = unpackArray((await answer(variant)).samples as PackedArray);
  const noise = unpackArray(work.noise);
  const expected = unpackArray(work.x0).slice(0, 2 * work.checked);
  for (let k = 0; k < work.steps; k++) {
    for (let i = 0; i < expected.length; i++) expected[i] += noise[k * expected.length + i];
  }
  // Float32 sums of 20 terms of size 1.
  for (let i = 0; i < expected.length; i++) expect(Math.abs(samples[i] - expected[i])).toBeLessThan(1e-5);
  await dispose?.();
});

test('a step is answered by its loss, its gradient and the parameters after a few updates', async () => {
  const { work } = (await trainSuite.cells(settings)).find(({ name }) => name === 'step-64-256')!;
  if (work.kind !== 'mlp-step') throw new Error('another work');
  const { answer, run, dispose } = await prepareWork(work, onOneThread);
  const answered = await answer(variant);
  const before = unpackArray(work.parameters);
  const after = unpackArray(answered['updated parameters'] as PackedArray);
  expect(answered.loss).toBeGreaterThan(0);
  expect(unpackArray(answered.gradient as PackedArray)).toHaveLength(before.length);
  // Five steps of AdamW move no coordinate further than five learning rates and the decay.
  const furthest = Math.max(...after.map((value, i) => Math.abs(value - before[i])));
  expect(furthest).toBeGreaterThan(1e-3);
  expect(furthest).toBeLessThan(5.1e-3);
  await run(2, variant);
  expect(await answer(variant)).toEqual(answered);
  await dispose?.();
});

test('a run is answered by the cost of its minibatch, and continues in slices', async () => {
  const { work } = (await trainSuite.cells(settings)).find(({ name }) => name === 'run-moons')!;
  const { answer, run, dispose } = await prepareWork(work, onOneThread);
  const answered = await answer(variant);
  expect(Object.keys(answered)).toEqual(['cost of the plan']);
  await run(2, variant);
  await run(1, variant);
  expect(await answer(variant)).toEqual(answered);
  await dispose?.();
});

test('the objective of the run leads from noise to its data', () => {
  const objective = createOtCfmObjective({ points: Float64Array.of(5, 5, 5, 5), batchSize: 4, sigma: 0 });
  const { count, t, x, target } = objective.draw(createRng(0));
  // x = (1 − t) x0 + t x1 and target = x1 − x0, so x + (1 − t) target = x1.
  const ends = Array.from({ length: 2 * count }, (_, k) => x[k] + (1 - t[k >> 1]) * target[k]);
  for (const end of ends) expect(end).toBeCloseTo(5, 4);
});
