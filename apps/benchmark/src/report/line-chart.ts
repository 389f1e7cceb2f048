/** Curves with their names at their ends, where a reader looks for them. */
import * as Plot from '@observablehq/plot';
import { drawSvg } from './drawing.js';

/** One curve. */
export interface Curve {
  name: string;
  colour: string;
  points: readonly { x: number; y: number }[];
  /** What is computed without training. */
  isDashed?: boolean;
}

/** A chart of curves. */
export interface LineChart {
  /** What it shows, for readers that do not see it. */
  title: string;
  curves: readonly Curve[];
  x: Plot.ScaleOptions;
  y: Plot.ScaleOptions;
  /** Levels across the whole width, named like curves. */
  levels?: readonly { name: string; value: number }[];
  /** Whether the points of the curves are marked. Default: true. */
  dots?: boolean;
}

/** Draws it. */
export function lineChart({ title, curves, x, y, levels = [], dots = true }: LineChart): string {
  const rows = curves.flatMap(({ name, colour, points, isDashed }) =>
    points.map((point) => ({ ...point, name, colour, isDashed })),
  );
  const solid = rows.filter(({ isDashed }) => !isDashed);
  const dashed = rows.filter(({ isDashed }) => isDashed);
  const line = { x: 'x', y: 'y', z: 'name', strokeWidth: 1.6 } as const;
  return drawSvg(
    {
      width: 460,
      height: 290,
      marginLeft: 46,
      marginRight: 92,
      marginBottom: 36,
      style: { background: 'transparent', fontSize: '12px', overflow: 'visible' },
      x: { labelArrow: 'none', labelAnchor: 'center', ...x },
      y: { grid: true, labelArrow: 'none', ...y },
      marks: [
        Plot.ruleY(levels, { y: 'value', stroke: LEVEL_COLOUR, strokeDasharray: '4 3' }),
        Plot.line(dashed, { ...line, stroke: 'colour', strokeDasharray: '6 3' }),
        Plot.line(solid, { ...line, stroke: 'colour' }),
        Plot.dot(dots ? solid : [], { x: 'x', y: 'y', r: 2.3, fill: 'colour', stroke: 'none' }),
        endLabels([
          ...curves.flatMap(({ name, colour, points }) =>
            points.slice(-1).map((last) => ({ name, colour, y: last.y })),
          ),
          ...levels.map(({ name, value }) => ({ name, colour: LEVEL_COLOUR, y: value })),
        ]),
      ],
    },
    title,
  );
}

const LEVEL_COLOUR = '#374151';
const LINE_HEIGHT = 13;

/** Names in the right margin at the height of their values; where they would overlap they move apart, in their order. */
function endLabels(labels: readonly { name: string; colour: string; y: number }[]): Plot.RenderFunction {
  return (_index, scales, _values, { width, height, marginRight, marginTop, marginBottom }, context) => {
    const group = context.document.createElementNS('http://www.w3.org/2000/svg', 'g');
    const wanted = labels
      .map((label) => ({ ...label, at: scales.y!(label.y) as number }))
      .filter(({ at }) => Number.isFinite(at))
      .sort((a, b) => a.at - b.at);
    const heights = spaced(
      wanted.map(({ at }) => at),
      marginTop,
      height - marginBottom,
    );
    wanted.forEach(({ name, colour }, i) => {
      const text = context.document.createElementNS('http://www.w3.org/2000/svg', 'text');
      text.setAttribute('x', String(width - marginRight + 6));
      text.setAttribute('y', (heights[i] + 4).toFixed(1));
      text.setAttribute('fill', colour);
      text.setAttribute('text-anchor', 'start');
      text.textContent = name;
      group.appendChild(text);
    });
    return group;
  };
}

/**
 * Ascending places at least a line apart, as near to the wanted ones as that allows: neighbours that would overlap become a block
 * around the mean of their wishes. Between the bounds if they fit.
 */
function spaced(wanted: readonly number[], low: number, high: number): number[] {
  const blocks: { centre: number; count: number }[] = [];
  for (const each of wanted) {
    blocks.push({ centre: each, count: 1 });
    for (let [above, below] = blocks.slice(-2); below && overlap(above, below); [above, below] = blocks.slice(-2)) {
      const count = above.count + below.count;
      const centre = (above.centre * above.count + below.centre * below.count) / count;
      blocks.splice(-2, 2, { centre, count });
    }
  }
  const places = blocks.flatMap(({ centre, count }) =>
    Array.from({ length: count }, (_, i) => centre + LINE_HEIGHT * (i - (count - 1) / 2)),
  );
  let lowest = low;
  for (let i = 0; i < places.length; i++, lowest += LINE_HEIGHT) places[i] = Math.max(places[i], lowest);
  let highest = high;
  for (let i = places.length - 1; i >= 0; i--, highest -= LINE_HEIGHT) places[i] = Math.min(places[i], highest);
  return places;
}

function overlap(above: { centre: number; count: number }, below: { centre: number; count: number }): boolean {
  return below.centre - above.centre < (LINE_HEIGHT * (above.count + below.count)) / 2;
}
