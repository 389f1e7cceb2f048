/** Shows where the cells of the Gaussian experiment stand, a line for each. */
import { Listr, type ListrTaskWrapper } from 'listr2';

/** A board of named lines. */
export interface GaussianBoard {
  /** Replaces the text of a cell's line; only as often as one can read it where lines are printed one below the other. */
  tell(cell: string, text: string): void;
  /** Marks a cell's line as failed, for that reason. */
  fail(cell: string, reason: string): void;
  /** Takes the board down. */
  close(): Promise<void>;
}

interface Line {
  task: Pick<ListrTaskWrapper<unknown, never, never>, 'output'>;
  resolve(): void;
  reject(error: Error): void;
}

/** Puts a board up. */
export function gaussianBoard(cells: readonly string[]): GaussianBoard {
  const lines = new Map<string, Line>();
  const nextOutput = new Map<string, number>();
  const interval = process.stdout.isTTY ? 250 : 30_000;
  const shown = new Listr(
    cells.map((title) => ({
      title,
      rendererOptions: { persistentOutput: true },
      task: (_: unknown, task: Line['task']) =>
        new Promise<void>((resolve, reject) => lines.set(title, { task, resolve, reject })),
    })),
    {
      concurrent: true,
      exitOnError: false,
      fallbackRenderer: 'verbose',
      registerSignalListeners: false,
    },
  ).run();
  return {
    tell(cell, text) {
      const line = lines.get(cell);
      const now = Date.now();
      if (line === undefined || now < (nextOutput.get(cell) ?? 0)) return;
      nextOutput.set(cell, now + interval);
      line.task.output = text;
    },
    fail(cell, reason) {
      lines.get(cell)?.reject(new Error(reason));
    },
    async close() {
      for (const { resolve } of lines.values()) resolve();
      await shown;
    },
  };
}
