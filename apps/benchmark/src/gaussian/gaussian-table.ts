/** The tables of the Gaussian experiment. */
import { alignedTable } from '../report/aligned-table.js';
import { BRIDGE_COVARIANCE, exactIterates } from './exact-iterates.js';
import { PUBLISHED_DIVERGENCES, type GaussianCell, type GaussianRun } from './gaussian-results.js';
import { GAUSSIAN } from './gaussian-settings.js';

/** How far the endpoint covariance may be off. */
export const TOLERANCE = 0.02;

/** How the endpoint covariance fared. */
export interface CovarianceVerdict {
  /** The first half-iteration from which on the covariance stays within the tolerance of the bridge's; undefined where there is none. */
  heldFrom: number | undefined;
  /** The same of exact fits. */
  exactFrom: number | undefined;
  /** The largest distance from the exact iterate of the same half-iteration, over all of them. */
  worstFromExact: number;
  /** The largest distance from the bridge's from the half-iteration on at which exact fits are within the tolerance. */
  worstFromBridge: number;
}

/** Judges the half-iterations of a cell. */
export function judgeCovariances({ method, history }: GaussianCell): CovarianceVerdict {
  const exact = exactIterates(method, history.length);
  const learned = history.map(({ endpointCovariance }) => endpointCovariance);
  const exactFrom = heldFrom(exact);
  const late = learned.slice((exactFrom ?? history.length + 1) - 1);
  return {
    heldFrom: heldFrom(learned),
    exactFrom,
    worstFromExact: Math.max(...learned.map((each, k) => Math.abs(each - exact[k]))),
    worstFromBridge: Math.max(...late.map((each) => Math.abs(each - BRIDGE_COVARIANCE))),
  };
}

function heldFrom(covariances: readonly number[]): number | undefined {
  const lastOutside = covariances.findLastIndex((each) => Math.abs(each - BRIDGE_COVARIANCE) > TOLERANCE);
  return lastOutside === covariances.length - 1 ? undefined : lastOutside + 2;
}

export const COVARIANCE_HEAD = [
  'method',
  'd',
  'seed',
  'half-iterations',
  'last covariance',
  'within 0.02 from',
  'exact fits from',
  'worst after that',
  'worst from exact',
  'time',
];

/** One row for each cell. */
export function covarianceRows({ cells }: GaussianRun): string[][] {
  return cells.map((cell) => {
    const { heldFrom: held, exactFrom, worstFromExact, worstFromBridge } = judgeCovariances(cell);
    const covariance = cell.history.at(-1)?.endpointCovariance;
    return [
      cell.method,
      String(cell.dim),
      String(cell.seed),
      String(cell.history.length),
      covariance?.toFixed(4) ?? '–',
      held === undefined ? 'never' : String(held),
      exactFrom === undefined ? '–' : String(exactFrom),
      Number.isFinite(worstFromBridge) ? worstFromBridge.toFixed(4) : '–',
      Number.isFinite(worstFromExact) ? worstFromExact.toFixed(4) : '–',
      `${(cell.seconds / 60).toFixed(1)} min`,
    ];
  });
}

export const DIVERGENCE_HEAD = [
  'KL · 1000',
  'd',
  'seed',
  'published',
  'diagonal',
  'floor',
  'full',
  'floor',
  'diagonal / d',
  'full / d',
];

/** One row for each cell that has a forward drift; floors are those of as many draws from the exact law. */
export function divergenceRows({ cells }: GaussianRun): string[][] {
  return cells.flatMap(({ method, dim, seed, divergences }) => {
    if (divergences === undefined) return [];
    const thousandfold = (value: number): string => (1000 * value).toFixed(2);
    return [
      [
        method,
        String(dim),
        String(seed),
        PUBLISHED_DIVERGENCES[method][dim] ?? '–',
        thousandfold(divergences.diagonal),
        thousandfold(dim / GAUSSIAN.samples),
        thousandfold(divergences.full),
        thousandfold((dim * (dim + 3)) / (4 * GAUSSIAN.samples)),
        thousandfold(divergences.diagonalPerDimension),
        thousandfold(divergences.fullPerDimension),
      ],
    ];
  });
}

/** Both tables for the terminal. */
export function gaussianTables(run: GaussianRun): string {
  return `${alignedTable(COVARIANCE_HEAD, covarianceRows(run), 1)}\n\n${alignedTable(DIVERGENCE_HEAD, divergenceRows(run), 1)}`;
}
