import { expect, test } from 'vitest';
import { lineChart } from '../../src/report/line-chart.js';
import { logScale } from '../../src/report/log-scale.js';

test('a logarithmic axis over less than a decade has several ticks, over many decades few', () => {
  expect(logScale([0.11, 0.29]).ticks).toEqual([0.12, 0.14, 0.16, 0.18, 0.2, 0.25]);
  expect(logScale([30, 117]).ticks).toEqual([30, 40, 50, 70, 100]);
  expect(logScale([0.001, 1000]).ticks).toHaveLength(7);
  expect((logScale([1.5, 1.5]).ticks as number[]).length).toBeGreaterThan(0);
});

test('names of curves that end together stand apart, in the order of their ends, inside the chart', () => {
  const curves = [5, 5.01, 5.02, 0].map((end, i) => ({
    name: `curve ${i}`,
    colour: '#000',
    points: [
      { x: 0, y: 3 },
      { x: 1, y: end },
    ],
  }));
  const svg = lineChart({ title: 'Ends', curves, x: {}, y: {} });
  const heights = [...svg.matchAll(/<text [^>]*y="([\d.]+)"[^>]*>curve (\d)</g)].map(([, y, name]) => [
    name,
    Number(y),
  ]);
  expect(heights.map(([name]) => name)).toEqual(['2', '1', '0', '3']);
  for (let i = 1; i < heights.length; i++) {
    // A line height less what rounding takes.
    expect((heights[i][1] as number) - (heights[i - 1][1] as number)).toBeGreaterThan(12.8);
  }
  for (const [, y] of heights) expect(y).toBeLessThan(290);
});
