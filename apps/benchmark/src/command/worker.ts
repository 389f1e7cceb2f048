/** `pnpm reproduce:worker`: fills orders of runs that were started with `--queue`, on this machine. */
import { Command } from 'commander';
import { serveQueue } from '../queue/serve-queue.js';
import { wholeNumber } from './option-values.js';
import { stopSignal } from './stop-signal.js';

interface WorkerOptions {
  queue: string;
  concurrency: number;
  out: string;
}

/** The command. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('Train and judge cells of tables that are reproduced through a queue, until Ctrl-C.')
    .requiredOption('--queue <address>', 'redis://host:port')
    .option('--concurrency <count>', 'cells at the same time, one thread each', wholeNumber, 1)
    .option('--out <folder>', 'where the checkpoints go', 'brenier-report/worker')
    .action(async ({ queue, concurrency, out }: WorkerOptions) => {
      const signal = stopSignal('Stopping: each cell saves a checkpoint and goes back to the queue.');
      const log = (line: string): void => void process.stdout.write(`${line}\n`);
      await serveQueue({ address: queue, concurrency, folder: out, signal, log });
    });
}
