/** Which digits a method makes, beside those that there are. */
import * as Plot from '@observablehq/plot';
import { COLOURS, drawSvg } from '../../report/drawing.js';

/**
 * Bars of shares, a tick where the held-out digits have theirs.
 *
 * @param generated - share of each digit among the generated images
 * @param heldOut - share of each among the held-out digits
 */
export function classChart(generated: readonly number[], heldOut: readonly number[], title: string): string {
  const rows = (shares: readonly number[]) => shares.map((share, digit) => ({ digit, percent: 100 * share }));
  return drawSvg(
    {
      width: 460,
      height: 200,
      marginLeft: 46,
      marginBottom: 36,
      x: { type: 'band', label: 'digit, as the judge names it', labelArrow: 'none', labelAnchor: 'center' },
      y: { label: 'per cent', grid: true, labelArrow: 'none', ticks: 4 },
      marks: [
        Plot.ruleY([0]),
        Plot.barY(rows(generated), { x: 'digit', y: 'percent', fill: COLOURS.generated, fillOpacity: 0.55 }),
        Plot.tickY(rows(heldOut), { x: 'digit', y: 'percent', stroke: COLOURS.data, strokeWidth: 2.5 }),
      ],
    },
    title,
  );
}
