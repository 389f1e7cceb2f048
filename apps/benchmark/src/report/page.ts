/** What every report page is made of: one self-contained HTML file, which opens offline and has no scripts. */
import type { MachineRecord } from '../results.js';
import { STYLE } from './style.js';

/** A page around its body. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
<footer>Every number of this page is in <code>results.json</code> beside it.</footer>
</body>
</html>
`;
}

/** A table of texts, its first `left` columns names and the others numbers; the best of its cells are marked. */
export function htmlTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: number,
  isBest: (row: number, column: number) => boolean,
): string {
  const kind = (column: number): string => (column < left ? 'name' : 'number');
  const cell = (text: string, i: number, k: number): string =>
    `<td class="${kind(k)}${isBest(i, k) ? ' best' : ''}">${escapeHtml(text)}</td>`;
  const body = rows.map((row, i) => `<tr>${row.map((text, k) => cell(text, i, k)).join('')}</tr>`);
  const titles = head.map((text, k) => `<th class="${kind(k)}">${escapeHtml(text)}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** Machine and versions, as a paragraph. */
export function machineSection(machine: MachineRecord, versions: Record<string, string>, remarks: string): string {
  const { cpu, cores, memoryGiB, platform, arch, node } = machine;
  const list = Object.entries(versions).map(([name, version]) => escapeHtml(`${name} ${version}`));
  return `<h3>Machine</h3>
<p>${escapeHtml(`${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform} ${arch}, Node.js ${node}. ${remarks}`)}</p>
<p class="soft">${list.join(' · ')}</p>`;
}

/** Seconds as a reader says them. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 90) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 90 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Text for a place between tags or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
