/** The picture of a cell: every round of every contender, on one axis of time. */
import * as Plot from '@observablehq/plot';
import { COLOURS, drawSvg } from '../../report/drawing.js';
import type { CellRecord, RowRecord } from '../results.js';
import { median } from '../statistics.js';
import { formatMilliseconds } from './bench-table.js';

/** Draws the timed rows of a cell; `undefined` where there is none. */
export function roundsFigure({ title, unit, rows }: CellRecord): string | undefined {
  const timed = rows.filter(({ rounds }) => rounds.length > 0);
  if (timed.length === 0) return undefined;
  const labels = timed.map(labelOf);
  const rounds = timed.flatMap((row) =>
    row.rounds.map((samples) => ({ label: labelOf(row), side: row.side, milliseconds: median(samples) })),
  );
  const medians = timed.map((row) => ({ label: labelOf(row), side: row.side, milliseconds: row.median! }));
  const sides = ['ours', 'peer'] as const;
  return drawSvg(
    {
      width: 760,
      height: 46 + 26 * timed.length,
      marginLeft: 260,
      marginRight: 60,
      marginTop: 6,
      marginBottom: 34,
      x: {
        label: `milliseconds a ${unit} →`,
        domain: [0, 1.05 * Math.max(...rounds.map((each) => each.milliseconds))],
        grid: true,
      },
      y: { label: null, domain: labels },
      color: { domain: sides, range: sides.map((side) => COLOURS[side]) },
      marks: [
        Plot.ruleX([0]),
        Plot.barX(medians, {
          x: 'milliseconds',
          y: 'label',
          fill: 'side',
          fillOpacity: 0.18,
          insetTop: 5,
          insetBottom: 5,
        }),
        Plot.tickX(medians, {
          x: 'milliseconds',
          y: 'label',
          stroke: 'side',
          strokeWidth: 2,
          insetTop: 3,
          insetBottom: 3,
        }),
        Plot.dot(rounds, { x: 'milliseconds', y: 'label', r: 2.4, fill: 'side', fillOpacity: 0.6, stroke: 'none' }),
        Plot.text(medians, {
          x: 'milliseconds',
          y: 'label',
          text: ({ milliseconds }: { milliseconds: number }) => formatMilliseconds(milliseconds),
          dy: -12,
          fontSize: 9,
          fill: 'side',
        }),
      ],
    },
    `${title}: time of every round`,
  );
}

function labelOf({ name, threads, group }: RowRecord): string {
  return `${name}, ${threads} thread${threads === 1 ? '' : 's'}, ${group}`;
}
