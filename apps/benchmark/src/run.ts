/** A whole run: data sets and cells on threads, then one result. */
import { MessageChannel } from 'node:worker_threads';
import { normalizedPathEnergy } from '@brenier/metrics';
import { Listr, type ListrTask } from 'listr2';
import { Piscina } from 'piscina';
import type { CellEvent, CellTask, DataSetTask } from './cell/messages.js';
import type { Request } from './command-line.js';
import { describeMachine } from './machine.js';
import { describeEvent, describeResult } from './progress-text.js';
import type { CellResult, ComparedCell, DataSetRecord, RunResult, TrainingRecord } from './results.js';
import type { RunFolder } from './run-folder.js';
import { cellName, describeSettings, type CellSettings, type RunSettings } from './settings.js';
import { timeBudget, type TimeBudget } from './time-budget.js';
import { describeVersions } from './versions.js';

/** What the parts of a run share. */
interface RunContext {
  settings: RunSettings;
  folder: RunFolder;
  pool: Piscina;
  signal: AbortSignal;
  budget: TimeBudget;
  /** Milliseconds between two progress lines of a cell. */
  interval: number;
}

/**
 * Trains and judges every cell, with progress.
 *
 * @param signal - when aborted, cells save a checkpoint and the run ends early
 * @returns the numbers of all cells
 * @throws Error where a run cannot be resumed, or a cell fails
 */
export async function runBenchmark(request: Request, folder: RunFolder, signal: AbortSignal): Promise<RunResult> {
  const { settings } = request;
  const startedAt = new Date();
  const pool = new Piscina({
    filename: new URL('./cell/worker.js', import.meta.url).href,
    minThreads: settings.threads,
    maxThreads: settings.threads,
  });
  const order = cellsOf(settings);
  const kept = await Promise.all(order.map((cell) => folder.kept(cell)));
  const left = kept.filter((before) => !before || !isFinished(before)).length;
  const budget = timeBudget(settings.timeLimit, left, settings.threads, () => performance.now() / 1000);
  const context: RunContext = { settings, folder, pool, signal, budget, interval: process.stdout.isTTY ? 250 : 10_000 };
  const dataSets: DataSetRecord[] = [];
  const cells: CellResult[] = [];
  const tasks = [
    ...order.map((cell, i) => cellTask(context, cell, kept[i], (result) => (cells[i] = result))),
    ...settings.dataSets.map((dataSet, i) => dataSetTask(context, dataSet, (record) => (dataSets[i] = record))),
  ];
  try {
    await new Listr(tasks, {
      concurrent: settings.threads,
      renderer: request.json ? 'silent' : 'default',
      rendererOptions: { collapseErrors: false },
      fallbackRenderer: 'verbose',
      registerSignalListeners: false,
    }).run();
  } finally {
    await pool.destroy();
  }
  return {
    format: 'brenier-benchmark/1',
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    status: signal.aborted ? 'aborted' : cells.every(isFinished) ? 'finished' : 'time-limit',
    machine: describeMachine(),
    versions: describeVersions(),
    settings: describeSettings(settings),
    dataSets,
    cells: dataSets.flatMap((dataSet) => compareCells(cells, dataSet)),
  };
}

/** Cells in the order of their work: the methods that leave time over come first. */
function cellsOf({ dataSets, methods, seed, steps, samples }: RunSettings): CellSettings[] {
  return methods.flatMap((method) => dataSets.map((dataSet) => ({ dataSet, method, seed, steps, samples })));
}

function cellTask(
  context: RunContext,
  cell: CellSettings,
  before: CellResult | undefined,
  done: (result: CellResult) => void,
): ListrTask {
  const title = `${cell.method} on ${cell.dataSet}`;
  return {
    title,
    skip: () => context.signal.aborted && `${title}: not started`,
    task: async (_, task) => {
      if (before && isFinished(before)) {
        done(before);
        task.title = `${title}: ${describeResult(before)}, from the run before`;
        return;
      }
      const result = await trainAndJudge(context, cell, (event) => (task.output = describeEvent(event)));
      addSeconds(result.training, before?.training);
      await context.folder.keep(result);
      done(result);
      task.title = `${title}: ${describeResult(result)}`;
    },
  };
}

/** A training that was done in several runs took the time of all. */
function addSeconds(training: TrainingRecord, before: TrainingRecord | undefined): void {
  training.trainingSeconds += before?.trainingSeconds ?? 0;
  training.pairingSeconds += before?.pairingSeconds ?? 0;
}

/** Trains one cell on a thread; an abort of the run asks it to stop at a checkpoint, judge what it has, and return. */
async function trainAndJudge(
  context: RunContext,
  settings: CellSettings,
  report: (event: CellEvent) => void,
): Promise<CellResult> {
  const { pool, folder, signal, budget, interval } = context;
  const { port1: here, port2: there } = new MessageChannel();
  let next = 0;
  here.on('message', (event: CellEvent) => {
    const now = Date.now();
    if (event.phase === 'training' && now < next) return;
    next = now + interval;
    report(event);
  });
  const name = cellName(settings);
  const stop = (): void => here.postMessage('stop');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    const task: CellTask = {
      settings,
      timeLimit: budget.start(name),
      checkpoint: folder.checkpoint(settings),
      port: there,
    };
    return (await pool.run(task, { name: 'runCell', transferList: [there] })) as CellResult;
  } finally {
    budget.end(name);
    signal.removeEventListener('abort', stop);
    here.close();
  }
}

function dataSetTask(
  context: RunContext,
  dataSet: CellSettings['dataSet'],
  done: (record: DataSetRecord) => void,
): ListrTask {
  return {
    title: `Floors of ${dataSet}`,
    task: async () => {
      const task: DataSetTask = { dataSet, seed: context.settings.seed, samples: context.settings.samples };
      done((await context.pool.run(task, { name: 'describeDataSet' })) as DataSetRecord);
    },
  };
}

function compareCells(cells: readonly CellResult[], { name, energyFloor }: DataSetRecord): ComparedCell[] {
  return cells
    .filter(({ settings }) => settings.dataSet === name)
    .map((cell) => ({ ...cell, npe: normalizedPathEnergy(cell.judgement.pathEnergy, energyFloor) }));
}

function isFinished({ training }: CellResult): boolean {
  return training.status === 'finished';
}
