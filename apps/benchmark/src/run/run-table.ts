/** A whole run: orders to a crew, answers to the folder, then one result. */
import type { CellEvent } from '../cell/cell-event.js';
import { isComplete, orderName, type WorkOrder } from '../cell/work-order.js';
import type { CellFailure, RunResult } from '../results.js';
import type { RunSettings } from '../settings.js';
import { assembleResult, type Answers } from './assemble-result.js';
import type { Crew } from './crew.js';
import { forecast, type Forecast } from './forecast.js';
import { ordersOf, planRun } from './plan.js';
import { progressBoard, type ProgressBoard } from './progress-board.js';
import { describeAnswer, describeEvent } from './progress-text.js';
import type { RunFolder } from './run-folder.js';
import { timeBudget, type TimeBudget } from './time-budget.js';

/** What a run needs beside its settings. */
export interface RunSurroundings {
  folder: RunFolder;
  crew: Crew;
  /** When raised, cells save a checkpoint and the run ends early. */
  signal: AbortSignal;
  /** Whether progress is to be kept off standard output. */
  isSilent: boolean;
  /** What was typed, without paths. */
  command: string;
}

/** What the orders of a run share. */
interface RunState extends RunSurroundings {
  board: ProgressBoard;
  budget: TimeBudget;
  ahead: Forecast;
  answers: Answers;
  failures: CellFailure[];
}

/**
 * Fills every order that no earlier process has filled, with progress.
 *
 * An order that fails leaves a gap in the result and its reason there; the others go on.
 *
 * @returns the numbers of all cells
 */
export async function runTable(settings: RunSettings, surroundings: RunSurroundings): Promise<RunResult> {
  const { folder, crew, signal, isSilent } = surroundings;
  const startedAt = new Date();
  const plan = planRun(settings);
  const orders = ordersOf(plan);
  const kept = new Map(await Promise.all(orders.map(async (order) => [order, await folder.kept(order)] as const)));
  const open = orders.filter((order) => !isComplete(kept.get(order)));
  const cells = open.filter(({ kind }) => kind === 'cell');
  const seconds = (): number => performance.now() / 1000;
  const state: RunState = {
    ...surroundings,
    board: progressBoard(orders, isSilent),
    budget: timeBudget(settings.timeLimit, cells.length, crew.lanes, seconds),
    ahead: forecast(new Map(cells.map((order) => [orderName(order), kindOf(order)])), seconds),
    answers: new Map(),
    failures: [],
  };
  for (const order of orders) {
    const before = kept.get(order);
    if (!isComplete(before)) continue;
    state.answers.set(orderName(order), before!);
    state.board.settle(order, `${describeAnswer(before!)}, from before`);
  }
  try {
    await inLanes(open, crew.lanes, async (order) => {
      if (!signal.aborted) await fill(state, order);
    });
  } finally {
    await state.board.close();
  }
  const { answers, failures, command } = state;
  return assembleResult(settings, plan, { answers, failures, command, startedAt, isAborted: signal.aborted });
}

/** Works on the items from the first to the last, some at a time. */
async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}

/** Fills one order and keeps its answer. */
async function fill(state: RunState, order: WorkOrder): Promise<void> {
  const { folder, crew, signal, board, budget, ahead, answers, failures } = state;
  const name = orderName(order);
  const timeLimit = order.kind === 'cell' ? budget.start(name) : Infinity;
  const onEvent = (event: CellEvent): void => {
    if (event.phase === 'training') ahead.advance(name, event.step / event.steps);
    board.foretell(ahead.secondsLeft());
    board.show(order, describeEvent(event));
  };
  try {
    const checkpoints = folder.checkpoints(order);
    const answer = await crew.fill(order, { timeLimit, checkpoints, signal, onEvent });
    await folder.keep(order, answer);
    if (isComplete(answer)) {
      await folder.forgetCheckpoints(order);
      await crew.release(order);
    }
    answers.set(name, answer);
    board.settle(order, describeAnswer(answer));
  } catch (error) {
    if (signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    failures.push({ cell: name, reason });
    board.settle(order, reason, true);
  } finally {
    ahead.end(name);
    budget.end(name);
  }
}

function kindOf(order: WorkOrder): string {
  return order.kind === 'cell' ? order.settings.method : order.kind;
}
