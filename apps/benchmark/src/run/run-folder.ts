/** The folder of a run: its checkpoints, its answers, its report. Every write replaces a file as a whole. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { orderName, type Answer, type WorkOrder } from '../cell/work-order.js';
import { readKept, writeJson } from '../json-file.js';
import { methodNamed } from '../method/methods.js';
import type { RunResult } from '../results.js';
import type { RunSettings } from '../settings.js';
import { beginWork, findWork, type FolderUse } from './work-folder.js';

/** Reads and writes of one run. */
export interface RunFolder {
  /** Tells this run from all others; a run that is resumed keeps it. */
  readonly runId: string;
  /** Makes the folder ready, once and before all that follows; what a run that is overwritten has left is removed here. */
  begin(): Promise<void>;
  /** The folder for the checkpoints of an order. */
  checkpoints(order: WorkOrder): string;
  /** What an earlier process kept of an order, complete or not; `undefined` where nothing, or, with a word on standard error, where its file is damaged. */
  kept<O extends WorkOrder>(order: O): Promise<Answer<O> | undefined>;
  /** Keeps an answer for processes that resume. */
  keep<O extends WorkOrder>(order: O, answer: Answer<O>): Promise<void>;
  /** Removes the checkpoints of an order that is complete. */
  forgetCheckpoints(order: WorkOrder): Promise<void>;
  /** Writes the numbers and the report; returns the report's path. */
  publish(run: RunResult, html: string): Promise<string>;
}

/** What a process that resumes a run must share with those before it. */
interface Identity {
  runId: string;
  /** Option → its value. */
  options: Record<string, number | string>;
  /** Method → its settings. Methods may be added, not changed. */
  recipes: Record<string, string>;
}

/**
 * Opens the folder of a run: a fresh one, or the one that is there. Nothing is changed before {@link RunFolder.begin}.
 *
 * @throws Error where a run to resume had other steps, samples or recipes, or where a run is there that is not to be resumed
 */
export async function openRunFolder(folder: string, settings: RunSettings, use: FolderUse): Promise<RunFolder> {
  const isOurs = ({ options, recipes }: Partial<Identity>): boolean => options !== undefined && recipes !== undefined;
  const { work, before } = await findWork<Identity>(folder, use, isOurs);
  if (before !== undefined) checkSameRun(before, settings);
  const identity: Identity = {
    runId: before?.runId ?? randomUUID(),
    options: optionsOf(settings),
    recipes: { ...before?.recipes, ...recipesOf(settings) },
  };
  const checkpoints = (order: WorkOrder): string => join(work, orderName(order));
  const answerFile = (order: WorkOrder): string => `${checkpoints(order)}.json`;
  return {
    runId: identity.runId,
    begin: () => beginWork(work, use, identity),
    checkpoints,
    async kept<O extends WorkOrder>(order: O) {
      const file = await readKept<{ order: O; answer: Answer<O> }>(answerFile(order));
      return file !== undefined && isDeepStrictEqual(file.order, order) ? file.answer : undefined;
    },
    keep: (order, answer) => writeJson(answerFile(order), { order, answer }),
    forgetCheckpoints: (order) => rm(checkpoints(order), { recursive: true, force: true }),
    async publish(run, html) {
      await writeJson(join(folder, 'results.json'), run);
      const report = join(folder, 'report.html');
      await writeFileAtomic(report, html);
      return report;
    },
  };
}

function checkSameRun(before: Identity, settings: RunSettings): void {
  for (const [name, value] of Object.entries(optionsOf(settings))) {
    if (before.options[name] === value) continue;
    throw new Error(
      `Cannot resume: the run in this folder has --${name} ${before.options[name]}, now --${name} ${value}.`,
    );
  }
  for (const [name, recipe] of Object.entries(recipesOf(settings))) {
    if (before.recipes[name] === undefined || before.recipes[name] === recipe) continue;
    throw new Error(`Cannot resume: ${name} had other settings when the run in this folder began.`);
  }
}

function optionsOf({ steps, samples, isQuick }: RunSettings): Identity['options'] {
  return { steps: steps ?? (isQuick ? 'as for --quick' : 'as each method says'), samples };
}

function recipesOf({ methods }: RunSettings): Identity['recipes'] {
  return Object.fromEntries(methods.map((name) => [name, JSON.stringify(methodNamed(name).settings)]));
}
