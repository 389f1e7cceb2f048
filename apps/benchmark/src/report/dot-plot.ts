/** One quantity of every method: the seeds, their mean and deviation, and beside them the published mean and deviation. */
import * as Plot from '@observablehq/plot';
import type { Published } from '../published.js';
import { drawSvg } from './drawing.js';
import type { Spread } from './spread.js';

/** One method. */
interface DotRow {
  method: string;
  colour: string;
  /** One a seed. */
  values: readonly number[];
  spread: Spread;
  published?: Published;
  /** What it should be, computed otherwise. */
  exact?: number;
}

/** A plot of rows. */
export interface DotPlot {
  /** What it shows, for readers that do not see it. */
  title: string;
  rows: readonly DotRow[];
  /** Name of the axis, and whether it is logarithmic. */
  x: Plot.ScaleOptions;
  /** A level that no row can be expected below, with its deviation. */
  floor: Spread & { name: string };
}

/** Draws it. */
export function dotPlot({ title, rows, x, floor }: DotPlot): string {
  const { mean, sd = 0 } = floor;
  const values = rows.flatMap(({ method, colour, values }) => values.map((value) => ({ method, colour, value })));
  const published = rows.flatMap(({ method, published }) => (published ? [{ method, ...published }] : []));
  const exact = rows.flatMap(({ method, exact }) => (exact === undefined ? [] : [{ method, exact }]));
  const names = rows.map(({ method }) => method);
  return drawSvg(
    {
      width: 460,
      height: 58 + 26 * rows.length,
      marginLeft: 84,
      marginRight: 16,
      marginTop: 22,
      marginBottom: 36,
      style: { background: 'transparent', fontSize: '12px', overflow: 'visible' },
      x: { grid: true, labelArrow: 'none', labelAnchor: 'center', ticks: 6, nice: true, ...x },
      y: { label: null, domain: names, tickSize: 0 },
      marks: [
        Plot.rectX([{ x1: mean - sd, x2: mean + sd }], { x1: 'x1', x2: 'x2', fill: '#374151', fillOpacity: 0.14 }),
        Plot.ruleX([mean], { stroke: '#374151', strokeDasharray: '4 3' }),
        Plot.text([mean], {
          x: (value: number) => value,
          text: () => floor.name,
          frameAnchor: 'top',
          dy: -14,
          fill: '#374151',
        }),
        Plot.link(published, {
          x1: ({ mean, sd }: Published) => mean - sd,
          x2: ({ mean, sd }: Published) => mean + sd,
          y1: 'method',
          y2: 'method',
          stroke: '#9ca3af',
          strokeWidth: 1.2,
          dy: 6,
        }),
        Plot.dot(published, {
          x: 'mean',
          y: 'method',
          symbol: 'diamond',
          r: 4,
          fill: '#fff',
          stroke: '#6b7280',
          dy: 6,
        }),
        Plot.tickX(exact, { x: 'exact', y: 'method', stroke: '#111827', strokeWidth: 2, insetTop: -2, insetBottom: 5 }),
        Plot.link(
          rows.filter(({ spread }) => spread.sd !== undefined),
          {
            x1: ({ spread }: DotRow) => spread.mean - spread.sd!,
            x2: ({ spread }: DotRow) => spread.mean + spread.sd!,
            y1: 'method',
            y2: 'method',
            stroke: 'colour',
            strokeWidth: 2,
            dy: -4,
          },
        ),
        Plot.dot(values, {
          x: 'value',
          y: 'method',
          r: 1.6,
          fill: 'colour',
          fillOpacity: 0.75,
          stroke: 'none',
          dy: -4,
        }),
        Plot.dot(rows, {
          x: ({ spread }: DotRow) => spread.mean,
          y: 'method',
          r: 3.8,
          fill: 'colour',
          stroke: '#fff',
          strokeWidth: 0.8,
          dy: -4,
        }),
      ],
    },
    title,
  );
}
