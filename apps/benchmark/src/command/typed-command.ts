/** The command line of this process as a report may print it. */

/** Options whose values are paths or addresses. */
const PRIVATE = ['--out', '--queue'];

/** What was typed, without paths, addresses, and what only asks for this process: `pnpm reproduce --quick`. */
export function typedCommand(argv: readonly string[] = process.argv): string {
  const words = argv.slice(2);
  const isPrivate = (word: string | undefined): boolean => PRIVATE.some((each) => word === each);
  const kept = words.filter(
    (word, i) =>
      !isPrivate(word) &&
      !isPrivate(words[i - 1]) &&
      !PRIVATE.some((each) => word.startsWith(`${each}=`)) &&
      !['--resume', '--overwrite', '--json'].includes(word),
  );
  return ['pnpm', ...(kept[0]?.startsWith('--') || kept.length === 0 ? ['start'] : []), ...kept].join(' ');
}
