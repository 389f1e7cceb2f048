/** The page of a run: the same for a whole table, a part of it, one seed, and cells that came from other machines. */
import type { RunResult } from '../results.js';
import { dataSetSection } from './data-set-section.js';
import { distanceTable, energyTable, failureSection, introduction, verdictSection } from './front-section.js';
import { escapeHtml, htmlPage } from './page.js';
import { detailSection, machineOfRun, settingsSection } from './settings-section.js';
import { tableOfRun } from './table-cell.js';

/** The whole page as text. */
export function htmlReport(run: RunResult): string {
  const table = tableOfRun(run);
  const contents = [
    ['verdict', 'What it shows'],
    ['w2', 'W2'],
    ['energy', 'Path energy'],
    ...table.dataSets.map(({ name }, i) => [`data-${i}`, name]),
    ['details', 'Every cell'],
    ['settings', 'Settings'],
  ].map(([id, title]) => `<a href="#${id}">${escapeHtml(title)}</a>`);
  return htmlPage(
    'Flows and bridges between point clouds',
    `${introduction(run, table)}
<nav>${contents.join(' ')}</nav>
${verdictSection(table)}
${failureSection(run)}
${distanceTable(run, table)}
${energyTable(table)}
${table.dataSets.map((dataSet) => dataSetSection(run, table, dataSet)).join('\n')}
${detailSection(table)}
${settingsSection(run, table)}
${machineOfRun(run)}`,
  );
}
