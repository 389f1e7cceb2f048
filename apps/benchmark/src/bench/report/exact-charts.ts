/** The plots of the exact suite: time and memory over n, both axes logarithmic. */
import type { ScaleOptions } from '@observablehq/plot';
import { COLOURS } from '../../report/drawing.js';
import { lineChart, type Curve } from '../../report/line-chart.js';
import { logScale } from '../../report/log-scale.js';
import { timeOf, type ExactFigures, type ExactSeries } from '../exact/exact-figures.js';

/** Two plots side by side; empty for a series of one size. */
export function seriesCharts({ name, figures }: ExactSeries): string {
  const times = [
    curve('ours', COLOURS.ours, figures, ({ ours }) => timeOf(ours)),
    { ...curve('no proof', COLOURS.ours, figures, ({ unproved }) => timeOf(unproved)), isDashed: true },
    curve('POT', COLOURS.peer, figures, ({ pot }) => timeOf(pot)),
    { ...curve('SciPy', COLOURS.peer, figures, ({ scipy }) => timeOf(scipy)), isDashed: true },
  ];
  const memories = [
    curve('ours', COLOURS.ours, figures, ({ ours }) => ours?.figures.memoryPeak),
    curve('POT', COLOURS.peer, figures, ({ pot }) => pot?.figures.memoryPeak),
  ];
  const charts = [chart(`Milliseconds a plan, ${name}`, 'ms', times), chart(`Memory, ${name}`, 'MiB', memories)];
  return charts.every((each) => each === '')
    ? ''
    : `<div class="charts">${charts.map((each) => `<figure>${each}</figure>`).join('')}</div>`;
}

function chart(title: string, label: string, all: readonly Curve[]): string {
  const curves = all.filter(({ points }) => points.length > 1);
  if (curves.length === 0) return '';
  const points = curves.flatMap((each) => each.points);
  const sizes = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const x = { ...manyDecades(sizes), label: 'n', ...(sizes.length <= 6 ? { ticks: sizes } : {}) };
  return lineChart({ title, curves, x, y: { ...manyDecades(points.map((point) => point.y)), label } });
}

function curve(
  name: string,
  colour: string,
  figures: readonly ExactFigures[],
  value: (each: ExactFigures) => number | undefined,
): Curve {
  const points = figures.flatMap((each) => {
    const y = value(each);
    return y === undefined ? [] : [{ x: each.cell.place!.size, y }];
  });
  return { name, colour, points };
}

/** Powers of ten where there are at least three of them, else rounder steps between. */
function manyDecades(values: readonly number[]): ScaleOptions {
  const [low, high] = [Math.min(...values) / 1.15, Math.max(...values) * 1.15];
  const powers = Array.from({ length: 16 }, (_, k) => 10 ** (k - 6)).filter((power) => power >= low && power <= high);
  if (powers.length < 3) return logScale(values);
  return { type: 'log', domain: [low, high], ticks: powers, tickFormat: ',' };
}
