/** The folder of a run: its checkpoints, its answers, its report. Every write replaces a file as a whole. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { orderName, type Answer, type WorkOrder } from '../cell/work-order.js';
import { readJson, writeJson } from '../json-file.js';
import { methodNamed } from '../method/methods.js';
import type { RunResult } from '../results.js';
import type { RunSettings } from '../settings.js';

/** Reads and writes of one run. */
export interface RunFolder {
  /** Tells this run from all others; a run that is resumed keeps it. */
  readonly runId: string;
  /** The folder for the checkpoints of an order. */
  checkpoints(order: WorkOrder): string;
  /** What an earlier process kept of an order, complete or not; `undefined` where nothing. */
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
 * Opens the folder of a run: a fresh one, or with `resume` the one that is there.
 *
 * @throws Error where a run to resume had other steps, samples or recipes
 */
export async function openRunFolder(folder: string, settings: RunSettings, resume: boolean): Promise<RunFolder> {
  const work = join(folder, 'checkpoints');
  const file = join(work, 'run.json');
  const before = resume ? await identityToResume(file, settings) : undefined;
  if (before === undefined) await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const identity: Identity = {
    runId: before?.runId ?? randomUUID(),
    options: optionsOf(settings),
    recipes: { ...before?.recipes, ...recipesOf(settings) },
  };
  await writeJson(file, identity);
  const checkpoints = (order: WorkOrder): string => join(work, orderName(order));
  const answerFile = (order: WorkOrder): string => `${checkpoints(order)}.json`;
  return {
    runId: identity.runId,
    checkpoints,
    async kept<O extends WorkOrder>(order: O) {
      const file = await readJson<{ order: O; answer: Answer<O> }>(answerFile(order));
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

async function identityToResume(file: string, settings: RunSettings): Promise<Identity> {
  const before = await readJson<Identity>(file);
  if (before === undefined) throw new Error(`Nothing to resume: ${file} does not exist. Start without --resume.`);
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
  return before;
}

function optionsOf({ steps, samples, isQuick }: RunSettings): Identity['options'] {
  return { steps: steps ?? (isQuick ? 'as for --quick' : 'as each method says'), samples };
}

function recipesOf({ methods }: RunSettings): Identity['recipes'] {
  return Object.fromEntries(methods.map((name) => [name, JSON.stringify(methodNamed(name).settings)]));
}
