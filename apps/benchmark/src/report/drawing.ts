/** Observable Plot without a browser: a plot description in, SVG text out. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { escapeHtml } from './page.js';

/** The colours of every picture, each with one role everywhere; colour-blind safe (Okabe–Ito). */
export const COLOURS = {
  source: '#8a8f98',
  data: '#0072b2',
  generated: '#d55e00',
  pair: '#0f9d76',
  path: '#4b5563',
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
    style: { background: 'transparent', fontSize: '11px' },
    ...options,
    document: document,
  });
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', title);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return svg.outerHTML;
}

/** A coloured spot with what it stands for. */
export function colourKey(colour: string, text: string): string {
  return `<span class="key" style="background:${colour}"></span>${escapeHtml(text)}`;
}
