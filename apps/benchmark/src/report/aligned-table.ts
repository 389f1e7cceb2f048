/** A table for the terminal. */

/**
 * Aligns a table: its first columns to the left, the others, which are numbers, to the right.
 *
 * @param left - how many columns are names
 */
export function alignedTable(head: readonly string[], rows: readonly (readonly string[])[], left: number): string {
  const widths = head.map((title, k) => Math.max(title.length, ...rows.map((row) => row[k].length)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((text, k) => (k < left ? text.padEnd(widths[k]) : text.padStart(widths[k])))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...lines.slice(1)].join('\n');
}
