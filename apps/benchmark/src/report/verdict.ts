/** What the run was to show, each claim computed from its numbers: it may turn out false, or not be decided by a part of the table. */
import { PUBLISHED_DATA_SETS, PUBLISHED_METHODS, publishedW2 } from '../published.js';
import { signedPercent } from './number-text.js';
import { spreadOf } from './spread.js';
import { PUBLISHED_SAMPLES, type Table, type TableCell } from './table-cell.js';

/** A claim about the run. */
export interface Claim {
  text: string;
  /**
   * `undefined` where the run does not decide it: cells are missing, lack seeds or were stopped early, and those that are whole do not
   * refute it. Of W2 also where it is of other numbers of samples than the published one.
   */
  holds: boolean | undefined;
  /** The numbers behind it. */
  evidence: string;
}

/** Above this, the transport of OT-CFM is not optimal any more. */
export const NPE_LIMIT = 0.05;

/** How far the energy of a stochastic method may be from that of the exact bridge, relatively. */
export const BRIDGE_LIMIT = 0.1;

/** All claims, in the order of their weight. */
export function verdict(table: Table): Claim[] {
  return [
    withinPublished(table),
    bestOfColumns(table),
    optimalTransport(table),
    aboveFloor(table),
    nearExactBridge(table),
    proved(table),
  ];
}

/**
 * Whether the energy of a cell lies below the least possible one, W2²(p0, p1), by more than its sampling error: twice the standard
 * error of what is missing at each seed. `undefined` for one seed, which has no standard error.
 */
export function isBelowFloor({ seeds }: TableCell): boolean | undefined {
  const missing = spreadOf(seeds.map(({ energyFloor, judgement }) => energyFloor - judgement.pathEnergy));
  if (missing.mean <= 0) return false;
  return missing.sd === undefined ? undefined : missing.mean > (2 * missing.sd) / Math.sqrt(seeds.length);
}

function withinPublished(table: Table): Claim {
  const expected = PUBLISHED_DATA_SETS.flatMap((dataSet) =>
    PUBLISHED_METHODS.filter((method) => publishedW2(dataSet, method)),
  ).length;
  const judged = table.cells.filter(({ standing }) => standing);
  const worse = judged.filter(({ standing }) => standing === 'worse');
  const better = judged.filter(({ standing }) => standing === 'better').length;
  const early = judged.filter(({ isFinished }) => !isFinished).length;
  const complete = judged.length === expected ? '' : ` The table has ${expected}.`;
  const stopped = early === 0 ? '' : ` Stopped early: ${early}.`;
  const list = worse.map(({ method, dataSet, w2, publishedW2 }) => {
    const { mean, sd } = publishedW2!;
    return `${method} on ${dataSet} ${w2.mean.toFixed(3)} > ${(mean + sd).toFixed(3)}`;
  });
  return {
    text: 'Every W2 is at or below the published mean plus one standard deviation',
    holds: decide(worse.some(isComparable), judged.length === expected && judged.every(isComparable)),
    evidence: `${judged.length - worse.length} of ${judged.length} cells, ${better} of them at or below the mean itself.${complete}${stopped}${
      list.length > 0 ? ` Not: ${list.join('; ')}.` : ''
    }`,
  };
}

function bestOfColumns(table: Table): Claim {
  const columns = table.dataSets.flatMap(({ name }) => {
    const ours = bestCell(table.cells.filter(({ dataSet }) => dataSet === name));
    const published = PUBLISHED_METHODS.flatMap((method) => publishedW2(name, method)?.mean ?? []);
    return ours && published.length > 0 ? [{ name, ours, published: Math.min(...published) }] : [];
  });
  const isBeaten = columns.every(({ ours, published }) => ours.w2.mean < published);
  return {
    text: 'The best W2 of each column is below the published best',
    holds: decide(
      !isBeaten && PUBLISHED_METHODS.every((method) => hasWholeRow(table.cells.filter(isComparable), method)),
      columns.length === PUBLISHED_DATA_SETS.length && isBeaten && columns.every(({ ours }) => isComparable(ours)),
    ),
    evidence: sentence(
      columns.map(({ name, ours, published }) => {
        const sign = ours.w2.mean < published ? '<' : '≥';
        return `${name} ${ours.w2.mean.toFixed(3)} (${ours.method}) ${sign} ${published.toFixed(3)}`;
      }),
    ),
  };
}

function optimalTransport(table: Table): Claim {
  const cells = table.cells.filter(({ method }) => method === 'OT-CFM');
  const whole = cells.filter(({ isWhole }) => isWhole);
  const isExceeded = whole.some(({ npe }) => npe.mean > NPE_LIMIT);
  return {
    text: `OT-CFM is optimal transport: NPE ≤ ${NPE_LIMIT} in each column`,
    holds: decide(isExceeded, whole.length === PUBLISHED_DATA_SETS.length && whole.length === cells.length),
    evidence: sentence(cells.map(({ dataSet, npe }) => `${dataSet} ${npe.mean.toFixed(3)}`)),
  };
}

function aboveFloor(table: Table): Claim {
  const below = table.cells
    .filter((cell) => cell.energy.mean < floorOf(cell))
    .map((cell) => ({ cell, isBeyond: isBelowFloor(cell) }));
  const beyond = below.filter(({ isBeyond }) => isBeyond === true);
  const isOpen = below.some(({ isBeyond }) => isBeyond === undefined);
  const shown = (beyond.length > 0 ? beyond : below).map(
    ({ cell }) => `${cell.method} on ${cell.dataSet} ${signedPercent(cell.energy.mean / floorOf(cell) - 1)}`,
  );
  const count = `${below.length} of ${table.cells.length} cells are below W2²(p0, p1)`;
  return {
    text: 'No path energy is below the least possible one by more than its sampling error',
    holds: decide(beyond.length > 0, !isOpen && table.cells.length > 0),
    evidence: `${count}, ${beyond.length} by more than two standard errors.${
      isOpen ? ' One seed has no sampling error.' : ''
    } ${sentence(shown)}`.trim(),
  };
}

function nearExactBridge(table: Table): Claim {
  const cells = table.cells.filter(({ exactBridge }) => exactBridge);
  const beyond = cells.filter(({ exactBridge }) => Math.abs(exactBridge!.deviation) > BRIDGE_LIMIT);
  const worst = (beyond.length > 0 ? beyond : [...cells].sort(byDeviation).slice(0, 1)).map(
    ({ method, dataSet, exactBridge }) => `${method} on ${dataSet} ${signedPercent(exactBridge!.deviation)}`,
  );
  return {
    text: `Stochastic methods spend the energy of the exact bridge at their σ, to ${100 * BRIDGE_LIMIT} %`,
    holds: decide(
      beyond.some(({ isWhole }) => isWhole),
      STOCHASTIC.every((method) => hasWholeRow(cells, method)),
    ),
    evidence:
      cells.length === 0
        ? 'No exact bridge is computed.'
        : `${cells.length - beyond.length} of ${cells.length} cells; furthest: ${sentence(worst)}`,
  };
}

function proved(table: Table): Claim {
  const worst = Math.max(
    0,
    ...table.cells.flatMap(({ seeds }) => seeds.map((each) => each.judgement.w2RelativeViolation)),
  );
  return {
    text: 'Every W2 comes with a proof that its plan is optimal',
    holds: table.cells.length === 0 ? undefined : worst <= ROUNDING,
    evidence: `Over all pairs of points of all cells, the dual violates a cost by at most ${worst.toExponential(1)} of the largest one.`,
  };
}

/** The rows whose paths are noisy. */
const STOCHASTIC = ['DSBM-IPF', 'DSBM-IMF', 'DSBM-IMF+', 'DSB', 'SB-CFM'] as const;

/** Far above what float64 leaves in a reduced cost, far below what W2 shows. */
const ROUNDING = 1e-10;

function floorOf({ seeds }: TableCell): number {
  return spreadOf(seeds.map(({ energyFloor }) => energyFloor)).mean;
}

function decide(isRefuted: boolean, isComplete: boolean): boolean | undefined {
  return isRefuted ? false : isComplete ? true : undefined;
}

/** Whether a W2 may be held to the published one: of a whole cell, and of as many samples. */
function isComparable({ isWhole, seeds }: TableCell): boolean {
  return isWhole && seeds.every(({ settings }) => settings.samples === PUBLISHED_SAMPLES);
}

/** Whether all published W2 of a method have a whole cell. */
function hasWholeRow(cells: readonly TableCell[], method: string): boolean {
  return PUBLISHED_DATA_SETS.every(
    (name) =>
      !publishedW2(name, method) ||
      cells.some((cell) => cell.dataSet === name && cell.method === method && cell.isWhole),
  );
}

function bestCell(cells: readonly TableCell[]): TableCell | undefined {
  return [...cells].sort((a, b) => a.w2.mean - b.w2.mean)[0];
}

function byDeviation(a: TableCell, b: TableCell): number {
  return Math.abs(b.exactBridge!.deviation) - Math.abs(a.exactBridge!.deviation);
}

function sentence(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}
