/** Small multiples in SVG: square panels over one square of the plane, with text from the system's fonts. */
import { mkdirSync, writeFileSync } from 'node:fs';

const folder = new URL('../guides/figures/', import.meta.url);

export const colours = { source: '#7c3aed', target: '#ea580c', mass: '#a1a1aa80', path: '#2563eb90' };

const side = 320;
const gap = 24;
const titleHeight = 36;

/**
 * @param {readonly { title: string, marks: string }[]} panels - the marks are SVG elements in panel coordinates
 * @param {string} description - what a reader who cannot see it is told
 */
function figure(panels, description) {
  const width = panels.length * side + (panels.length - 1) * gap;
  const body = panels.map(({ title, marks }, index) => {
    const frame = `<rect width="${side}" height="${side}" fill="none" stroke="#d4d4d8"/>`;
    const text = `<text x="0" y="-12" font-size="15" fill="#27272a">${title}</text>`;
    return `<g transform="translate(${index * (side + gap)} ${titleHeight})">${text}${frame}\n${marks}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 0 ${width + 16} ${titleHeight + side + 8}" role="img"
  aria-label="${description}" font-family="system-ui, sans-serif"><title>${description}</title>
<rect x="-8" width="${width + 16}" height="${titleHeight + side + 8}" fill="#fff"/>
${body.join('\n')}
</svg>
`;
}

/**
 * Writes a figure of the guides.
 *
 * @param {string} name
 * @param {string} description
 * @param {Parameters<typeof figure>[0]} panels
 */
export function saveFigure(name, description, panels) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(name, folder), figure(panels, description));
}

/** @param {number} reach - the panel shows [-reach, reach] in both coordinates */
export function inPanel(reach) {
  const place = (value) => (((value + reach) / (2 * reach)) * side).toFixed(1);
  const at = (points, i) => `${place(points[2 * i])} ${place(-points[2 * i + 1])}`;
  const indices = (points) => Array.from({ length: points.length / 2 }, (_, i) => i);
  return {
    dots: (points, colour, radius = 2.2) =>
      `<path d="${indices(points)
        .map((i) => `M${at(points, i)}h0`)
        .join('')}" stroke="${colour}" stroke-width="${2 * radius}" stroke-linecap="round" fill="none"/>`,
    segments: (from, to, colour) =>
      `<path d="${indices(from)
        .map((i) => `M${at(from, i)}L${at(to, i)}`)
        .join('')}" stroke="${colour}" fill="none"/>`,
    curves: (states, colour) => {
      const curve = (i) => `M${states.map((points) => at(points, i)).join('L')}`;
      return `<path d="${indices(states[0]).map(curve).join('')}" stroke="${colour}" fill="none"/>`;
    },
  };
}
