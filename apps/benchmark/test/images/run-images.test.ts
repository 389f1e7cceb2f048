import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImageFolder } from '../../src/images/image-folder.js';
import type { ImageRun } from '../../src/images/image-results.js';
import { FULL_PROTOCOL, IMAGE_METHOD_NAMES, type ImageSettings } from '../../src/images/image-settings.js';
import { imageReport } from '../../src/images/report/image-report.js';
import { imageTable } from '../../src/images/report/image-table.js';
import { runImages } from '../../src/images/run-images.js';
import type { FolderUse } from '../../src/run/work-folder.js';
import { fewDigits } from './images.js';

const settings: ImageSettings = {
  ...FULL_PROTOCOL,
  methods: [...IMAGE_METHOD_NAMES],
  steps: 6,
  batch: 2,
  channels: [8],
  digits: 4,
  samplingSteps: 2,
  iterations: 2,
  paths: 6,
  timeLimit: Infinity,
  threads: 1,
};

let folder: string;
let whole: ImageRun;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'));
  whole = await run('whole', settings, 'start');
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(name: string, asked: ImageSettings, use: FolderUse, signal = new AbortController().signal) {
  const opened = await openImageFolder(join(folder, name), asked, use);
  return runImages(asked, await fewDigits(100, 60), opened, signal, 'pnpm reproduce:images', 'silent');
}

/** What a run must give again: all but times. */
function numbersOf({ methods, tasks }: ImageRun) {
  return {
    tasks,
    methods: methods.map(({ training, judgement, ...rest }) => ({
      ...rest,
      training: { ...training, seconds: 0 },
      judgement: { ...judgement, samplingSeconds: 0 },
    })),
  };
}

describe('runImages', () => {
  it('trains and judges every method', () => {
    expect(whole.status).toBe('finished');
    expect(whole.methods.map(({ method, training }) => [method, training.step])).toEqual([
      ['CFM', 6],
      ['OT-CFM', 6],
      ['DSBM-IMF', 6],
    ]);
    for (const { judgement } of whole.methods) {
      expect(judgement.classes.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
    for (const { judgement } of whole.methods.slice(0, 2)) {
      // The polygon through the states is never shorter than the straight line between its ends.
      expect(judgement.pathEnergy).toBeGreaterThanOrEqual(judgement.transportCost * (1 - 1e-12));
    }
    expect(whole.methods[2].iterations.map(({ iteration }) => iteration)).toEqual([1, 2]);
  });

  it('measures what the numbers can be compared with', () => {
    const [noise, digits] = whole.tasks;
    expect(noise.optimalCost).toBeLessThan(noise.independentCost);
    expect(digits.optimalCost).toBeLessThan(digits.independentCost);
    expect(noise.references).toBe(60);
  });

  it('writes numbers, pictures and a page that holds them', async () => {
    const opened = await openImageFolder(join(folder, 'whole'), settings, 'resume');
    const html = await imageReport(whole, (name) => opened.picture(name));
    const page = await opened.publish(whole, html);
    expect(await readFile(page, 'utf8')).toBe(html);
    expect(html.match(/data:image\/png;base64/g)).toHaveLength(9);
    expect(html).not.toMatch(/NaN|undefined/);
    expect(imageTable(whole).split('\n')).toHaveLength(5);
    const files = await readdir(join(folder, 'whole'));
    expect(files.filter((name) => name.endsWith('.png'))).toHaveLength(9);
    const numbers = JSON.parse(await readFile(join(folder, 'whole', 'results.json'), 'utf8')) as ImageRun;
    expect(numbersOf(numbers)).toEqual(numbersOf(whole));
  });

  it('ends with the same numbers where it is stopped again and again', async () => {
    // The time is up after the first step of whatever comes next.
    let stopped = await run('stopped', { ...settings, timeLimit: 1e-9 }, 'start');
    expect(stopped.status).toBe('time-limit');
    stopped = await run('stopped', { ...settings, timeLimit: 1e-9 }, 'resume');
    expect(stopped.status).toBe('time-limit');
    const opened = await openImageFolder(join(folder, 'stopped'), settings, 'resume');
    expect(await imageReport(stopped, (name) => opened.picture(name))).toContain('stopped by the time limit');
    const resumed = await run('stopped', settings, 'resume');
    expect(numbersOf(resumed)).toEqual(numbersOf(whole));
  }, 120_000);

  it('skips what has not begun once it is aborted', async () => {
    const controller = new AbortController();
    controller.abort();
    const { status, methods } = await run('aborted', settings, 'start', controller.signal);
    expect([status, methods.length]).toEqual(['aborted', 0]);
  });

  it('keeps no tensor', async () => {
    const before = tf.memory().numTensors;
    await run('again', { ...settings, methods: ['CFM', 'DSBM-IMF'] }, 'start');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses to resume a run of other settings, or none', async () => {
    await expect(run('whole', { ...settings, batch: 3 }, 'resume')).rejects.toThrow('has batch 2, now 3');
    await expect(run('nowhere', settings, 'resume')).rejects.toThrow('Nothing to resume');
  });

  it('refuses to start where a run is, and leaves it as it is', async () => {
    const before = await readdir(join(folder, 'whole', 'checkpoints'));
    await expect(run('whole', settings, 'start')).rejects.toThrow('--resume continues it, --overwrite starts afresh');
    expect(await readdir(join(folder, 'whole', 'checkpoints'))).toEqual(before);
  });
});
