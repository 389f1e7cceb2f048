/** The page of the Gaussian experiment. */
import { failureSection } from '../report/front-section.js';
import { lineChart, type Curve } from '../report/line-chart.js';
import { methodColour } from '../report/method-colour.js';
import { escapeHtml, formatDuration, htmlPage, htmlTable, machineSection } from '../report/page.js';
import { BRIDGE_COVARIANCE, exactIterates } from './exact-iterates.js';
import type { GaussianCell, GaussianRun, HalfIteration } from './gaussian-results.js';
import { COVARIANCE_HEAD, covarianceRows, DIVERGENCE_HEAD, divergenceRows, TOLERANCE } from './gaussian-table.js';

const STATUS_NOTE: Record<GaussianRun['status'], string> = {
  finished: '',
  aborted: '; interrupted before the last half-iteration',
  failed: '; some cells failed',
};

/** The whole page as text. */
export function gaussianReport(run: GaussianRun): string {
  const dims = [...new Set(run.cells.map(({ dim }) => dim))];
  const never = (): boolean => false;
  const cellSeconds = run.cells.reduce((sum, { seconds }) => sum + seconds, 0);
  return htmlPage(
    'Bridges between two Gaussians',
    `<p class="soft">${formatDuration(cellSeconds)} of work for one core, ${escapeHtml(run.startedAt.slice(0, 10))}${STATUS_NOTE[run.status]}.
<code>${escapeHtml(run.command)}</code></p>
<p>The Schrödinger bridge of σ = 1 between N(−0.1, I) and N(0.1, I) is known in closed form: both ends of a path have the covariance (√5 − 1)/2 ≈ 0.618 in every
coordinate. Errors of the fits add up from one half-iteration to the next, so what matters is whether a method stays there.</p>
${failureSection(run)}
<h2>Covariance of both ends</h2>
${htmlTable(COVARIANCE_HEAD, covarianceRows(run), 1, never)}
<p class="soft">Of 10,000 paths of the process just fitted, started at fresh draws, mean over the coordinates. The first half-iterations are no bridges yet, however exact the fits:
iterated Markovian fitting from independent ends passes through ${listOf(exactIterates('DSBM-IMF', 3))}, and proportional fitting from the reference through ${listOf(exactIterates('DSBM-IPF', 5))}, ratios of
Fibonacci numbers. <em>Exact fits from</em>: the first half-iteration after which these stay within ${TOLERANCE}; <em>worst after that</em>: how far what was learned is from 0.618 from there on; <em>worst
from exact</em>: how far it is from the exact iterate, over all half-iterations.</p>
${dims.map((dim) => dimensionSection(run, dim)).join('\n')}
<h2>Divergence from the bridge</h2>
${htmlTable(DIVERGENCE_HEAD, divergenceRows(run), 1, never)}
<p class="soft">KL of the normal law fitted to 10,000 samples of the last forward process from the law of the bridge, mean over the 21 times 0, 1/20, …, 1, in nats times 1000. The normalisation of the published numbers is not
said; a total with full covariances cannot be meant, as in 20 and 50 dimensions they lie below its floor, the mean for samples of the bridge itself: d(d + 3)/(4n) with full and d/n
with diagonal covariances.</p>
<h2>Settings</h2>
<dl>${Object.entries(run.settings)
      .map(
        ([name, { value, origin }]) =>
          `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))} <span class="soft">(${origin})</span></dd>`,
      )
      .join('')}</dl>
${machineSection(run.machine, run.versions, [...new Set(run.cells.map(({ engine }) => `Engine: ${engine}.`))].join(' '))}`,
  );
}

function listOf(values: readonly number[]): string {
  return values.map((each) => each.toFixed(3)).join(', ');
}

function dimensionSection(run: GaussianRun, dim: number): string {
  const cells = run.cells.filter((cell) => cell.dim === dim && cell.history.length > 0);
  if (cells.length === 0) return '';
  const firstSeed = cells.filter(({ seed }) => seed === cells[0].seed);
  const chart = (title: string, label: string, value: (half: HalfIteration) => number, level: number, exact: boolean) =>
    `<figure>${lineChart({
      title: `${title}, d = ${dim}`,
      curves: firstSeed.flatMap((cell) => [learnedCurve(cell, value), ...(exact ? [exactCurve(cell)] : [])]),
      x: { label: 'half-iteration', ticks: 8 },
      y: { label },
      levels: [{ name: level.toFixed(level === 1 ? 0 : 3), value: level }],
    })}</figure>`;
  return `<h3>d = ${dim}</h3>
<div class="charts">
${chart('Covariance of both ends', 'covariance of both ends', (half) => half.endpointCovariance, BRIDGE_COVARIANCE, true)}
${chart('Variance of what arrives', 'variance of what arrives', (half) => half.variance, 1, false)}
</div>
<p class="soft">Dashed: the iterates of exact fits in continuous time; simulated in 20 steps of Euler–Maruyama the first one from independent ends has 0.526, and later ones 0.618. The same steps bring the exact drift to the variance 1.016.</p>`;
}

function learnedCurve({ method, history }: GaussianCell, value: (half: HalfIteration) => number): Curve {
  const points = history.map((half) => ({ x: half.halfIteration, y: value(half) }));
  return { name: method, colour: methodColour(method), points };
}

function exactCurve({ method, history }: GaussianCell): Curve {
  const points = exactIterates(method, history.length).map((y, k) => ({ x: k + 1, y }));
  return { name: `${method}, exact`, colour: methodColour(method), points, isDashed: true };
}
