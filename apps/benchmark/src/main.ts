#!/usr/bin/env node
/** The benchmark's commands. */
import { Command } from 'commander';
import { outliveReaders } from './command/closed-output.js';
import { reportCommand } from './command/report.js';
import { reproduceCommand } from './command/reproduce.js';
import { startCommand } from './command/start.js';
import { workerCommand } from './command/worker.js';

outliveReaders();
try {
  await new Command('brenier-benchmark')
    .description('Flows and bridges between point clouds: trained, sampled, judged and reported.')
    .addCommand(startCommand(), { isDefault: true })
    .addCommand(reproduceCommand())
    .addCommand(workerCommand())
    .addCommand(reportCommand())
    .parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
