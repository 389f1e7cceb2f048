/** Shows where the cells of the Gaussian experiment stand, a line for each. */
import { Listr, type ListrTaskWrapper } from 'listr2';

/** A board of named lines. */
export interface GaussianBoard {
  /** Replaces the text of a cell's line; only as often as one can read it where lines are printed one below the other. */
  tell(cell: string, text: string): void;
  /** Takes the board down. */
  close(): Promise<void>;
}

/** Puts a board up. */
export function gaussianBoard(cells: readonly string[]): GaussianBoard {
  const tasks = new Map<string, Pick<ListrTaskWrapper<unknown, never, never>, 'output'>>();
  const nextOutput = new Map<string, number>();
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const interval = process.stdout.isTTY ? 250 : 30_000;
  const shown = new Listr(
    cells.map((title) => ({
      title,
      rendererOptions: { persistentOutput: true },
      task: (_: unknown, task: Pick<ListrTaskWrapper<unknown, never, never>, 'output'>) => {
        tasks.set(title, task);
        return ended;
      },
    })),
    {
      concurrent: true,
      fallbackRenderer: 'verbose',
      registerSignalListeners: false,
    },
  ).run();
  return {
    tell(cell, text) {
      const task = tasks.get(cell);
      const now = Date.now();
      if (task === undefined || now < (nextOutput.get(cell) ?? 0)) return;
      nextOutput.set(cell, now + interval);
      task.output = text;
    },
    async close() {
      end();
      await shown;
    },
  };
}
