/** Observable Plot without a browser: a plot description in, SVG text out. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** The colours of every picture: colour-blind safe (Okabe–Ito), the same role everywhere. */
export const COLOURS = {
  source: '#8a8f98',
  data: '#0072b2',
  generated: '#d55e00',
  pair: '#0f9d76',
  CFM: '#cc79a7',
  'OT-CFM': '#0072b2',
  ours: '#0072b2',
  peer: '#d55e00',
} as const;

/**
 * Draws one plot.
 *
 * @param options - marks and scales of Observable Plot
 * @param title - what the picture shows, for readers that do not see it
 * @returns a complete `<svg>` element
 */
export function drawSvg(options: Plot.PlotOptions, title: string): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    style: { background: 'transparent', fontFamily: 'inherit', fontSize: '11px' },
    ...options,
    document: document,
  });
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', title);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return svg.outerHTML;
}

/** A square frame that holds all points with a margin of 5 %, the same scale on both axes. */
export function squareFrame(points: readonly number[]): { x: Plot.ScaleOptions; y: Plot.ScaleOptions } {
  const range = (offset: number): [number, number] => {
    let low = Infinity;
    let high = -Infinity;
    for (let i = offset; i < points.length; i += 2) {
      low = Math.min(low, points[i]);
      high = Math.max(high, points[i]);
    }
    return [low, high];
  };
  const [left, right] = range(0);
  const [bottom, top] = range(1);
  const half = 0.55 * Math.max(right - left, top - bottom, 1e-9);
  const centreX = (left + right) / 2;
  const centreY = (bottom + top) / 2;
  return {
    x: { domain: [centreX - half, centreX + half], ticks: 5, label: null },
    y: { domain: [centreY - half, centreY + half], ticks: 5, label: null },
  };
}

/** Many dots as one path: a tenth of the text that one element a dot would take. */
export function dotCloud(
  points: readonly number[],
  colour: string,
  radius: number,
  opacity: number,
): Plot.RenderableMark {
  return Plot.dot(pointPairs(points), {
    x: '0',
    y: '1',
    r: radius,
    fill: colour,
    fillOpacity: opacity,
    stroke: 'none',
  });
}

/** Flat [x, y, x, y, …] as pairs. */
export function pointPairs(flat: readonly number[]): [number, number][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}
