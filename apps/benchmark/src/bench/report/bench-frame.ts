/** What every page of a bench begins and ends with. */
import { escapeHtml, formatDuration, htmlPage, machineSection } from '../../report/page.js';
import type { BenchResult } from '../results.js';

/** What a heading adds where a bench did not end well. */
const STATUS_NOTE: Record<BenchResult['status'], string> = {
  finished: '',
  failed: '; some cells failed',
  aborted: '; interrupted, so that cells are missing or have fewer rounds',
};

/** A page around what was measured, how it was measured, and on what. */
export function benchFrame(result: BenchResult, measured: string, how: string): string {
  const { title, summary, startedAt, seconds, status, machine, versions, peers, loadBefore } = result;
  const all = { ...versions, ...('versions' in peers ? peers.versions : {}) };
  const alone = 'missing' in peers ? `<p>Ours alone. Rivals: ${escapeHtml(peers.missing)}</p>` : '';
  const started = escapeHtml(startedAt.slice(0, 16).replace('T', ' '));
  return htmlPage(
    title,
    `<p class="soft">Timed in ${formatDuration(seconds)}, ${started} UTC${STATUS_NOTE[status]}.</p>
<p>${escapeHtml(summary)}</p>
${alone}
${measured}
<h2>How it was measured</h2>
<p>${how}</p>
${machineSection(machine, all, `Load average before the start: ${loadBefore.toFixed(2)}.`)}`,
  );
}
