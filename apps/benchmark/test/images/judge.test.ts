import { chooseEngine } from '@brenier/nets/node';
import { createRng, fillNormal } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { digitFrechet, judgeDigits } from '../../src/images/judge/judge-digits.js';
import { judgeImages } from '../../src/images/judge/judge-images.js';
import { judgeNetwork } from '../../src/images/judge/judge-network.js';
import { JUDGE_PARAMETER_COUNT } from '../../src/images/judge/judge-shape.js';
import { fromHalves, loadJudge, toHalves } from '../../src/images/judge/judge-weights.js';
import { allDigits, fewDigits } from './images.js';

describe('the judge', () => {
  it('names as many held-out digits rightly as its record says, and that is more than 98.5 %', async () => {
    const { parameters, record } = await loadJudge();
    const { heldOut } = await allDigits();
    const { labels } = judgeImages(parameters, heldOut.points);
    const right = labels.filter((label, i) => label === heldOut.labels[i]).length;
    expect(right / heldOut.count).toBe(record.heldOutAccuracy);
    expect(record.heldOutAccuracy).toBeGreaterThan(0.985);
  });

  it('computes in plain arithmetic what was trained as tensors', async () => {
    await chooseEngine({ prefer: 'wasm' });
    const { parameters } = await loadJudge();
    const { training } = await fewDigits(8, 1);
    const { logits, labels } = judgeImages(parameters, training.points);
    // Wrong classes, so that the cross-entropy is a number of size 10, not a rounding error beside 0.
    const label = labels.map((each) => (each + 1) % 10);
    const expected = label.reduce((sum, each, i) => {
      const own = [...logits.subarray(10 * i, 10 * i + 10)];
      return sum + Math.log(own.reduce((all, logit) => all + Math.exp(logit), 0)) - own[each];
    }, 0);
    const x = Float32Array.from(training.points);
    const batch = { count: 8, dim: 784, t: new Float32Array(20), x, target: x, label };
    const loss = await judgeNetwork.lossAndGradient(parameters, batch, new Float32Array(JUDGE_PARAMETER_COUNT));
    // Sums of a thousand float32 products of size 1.
    expect(Math.abs(loss - expected / 8)).toBeLessThan(1e-4);
  });

  it('sees images beyond black and white as cut off', async () => {
    const { parameters } = await loadJudge();
    const { training } = await fewDigits(3, 1);
    const loud = training.points.map((value) => 5 * value);
    const cut = loud.map((value) => Math.min(1, Math.max(-1, value)));
    expect(judgeImages(parameters, loud)).toEqual(judgeImages(parameters, cut));
  });
});

describe('toHalves', () => {
  it('keeps eight significant bits, and what has no more than those exactly', () => {
    const parameters = fillNormal(createRng(0), new Float32Array(JUDGE_PARAMETER_COUNT));
    const read = fromHalves(toHalves(parameters));
    expect(parameters.every((value, k) => Math.abs(read[k] - value) <= Math.abs(value) * 2 ** -8)).toBe(true);
    expect(fromHalves(toHalves(read))).toEqual(read);
  });

  it('is refused where bytes are missing', () => {
    expect(() => fromHalves(new Uint8Array(10))).toThrow('take 157812 bytes, got 10');
  });
});

describe('digitFrechet', () => {
  it('is 0 from a set to itself, and grows with the noise that is laid over it', async () => {
    const { parameters } = await loadJudge();
    const { heldOut } = await fewDigits(1, 100);
    const clean = judgeDigits(parameters, heldOut.points);
    const noise = fillNormal(createRng(1), new Float64Array(heldOut.points.length));
    const distances = [0, 0.25, 0.5, 1].map((level) =>
      digitFrechet(
        clean,
        judgeDigits(
          parameters,
          heldOut.points.map((value, k) => value + level * noise[k]),
        ),
      ),
    );
    // The distance of a set to itself is a difference of traces of size 100.
    expect(distances[0]).toBeLessThan(1e-9);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(distances[3]).toBeGreaterThan(50);
  });
});
