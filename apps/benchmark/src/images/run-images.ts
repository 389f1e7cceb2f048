/** A whole run on images: every method is trained, carries its starts, and is judged. */
import { fileCheckpoint } from '@brenier/nets/node';
import { createRng } from '@brenier/random';
import { Listr } from 'listr2';
import { describeMachine } from '../machine.js';
import { describeVersions } from '../versions.js';
import type { DigitSets } from './digit-sets.js';
import { generateImages } from './generate-images.js';
import { startImageEngine } from './image-engine.js';
import type { ImageFolder } from './image-folder.js';
import type { ImageMethodResult, ImageRun, ImageTaskRecord } from './image-results.js';
import { describeImageSettings, type ImageMethodName, type ImageSettings } from './image-settings.js';
import { imageTask, type ImageTask } from './image-task.js';
import { judgeGenerated } from './judge-generated.js';
import { loadJudge } from './judge/judge-weights.js';
import { imageMethods } from './method/image-methods.js';
import { describeProgress, describeOutcome } from './progress-line.js';

/** What the methods of a run share. */
interface ImageContext {
  settings: ImageSettings;
  folder: ImageFolder;
  signal: AbortSignal;
  sets: DigitSets;
  judge: Float32Array;
  /** The task of a name, made when it is first wanted. */
  task(name: ImageTaskRecord['task']): ImageTask;
}

/**
 * Trains and judges every method, with progress.
 *
 * @param sets - the digits, split
 * @param signal - when raised, the method at work saves a checkpoint, and the run ends early
 * @param command - what was typed, for the report
 * @param renderer - whether progress is shown
 * @returns the numbers of all methods that came to an end
 * @throws Error where a method diverges
 */
export async function runImages(
  settings: ImageSettings,
  sets: DigitSets,
  folder: ImageFolder,
  signal: AbortSignal,
  command: string,
  renderer: 'default' | 'silent' = 'default',
): Promise<ImageRun> {
  const startedAt = new Date();
  const engine = await startImageEngine(settings.threads);
  const judge = await loadJudge();
  const tasks = new Map<string, ImageTask>();
  const task = (name: ImageTaskRecord['task']): ImageTask => {
    const rng = createRng(settings.seed).fork(name);
    const made = tasks.get(name) ?? imageTask(rng, name, sets, judge.parameters, settings.digits);
    tasks.set(name, made);
    return made;
  };
  const context = { settings, folder, signal, sets, judge: judge.parameters, task };
  const results: ImageMethodResult[] = [];
  try {
    let left = 60_000 * settings.timeLimit;
    const list = settings.methods.map((method, k) => ({
      title: method,
      skip: () => signal.aborted && `${method}: not started`,
      task: async (_: unknown, line: { title: string; output: string }) => {
        const begun = performance.now();
        const share = left / (settings.methods.length - k);
        const result = await runMethod(context, method, share, (text) => (line.output = text));
        left = Math.max(0, left - (performance.now() - begun));
        if (result === undefined) return;
        results.push(result);
        line.title = `${method}: ${describeOutcome(result)}`;
      },
    }));
    await new Listr(list, {
      renderer,
      rendererOptions: { collapseErrors: false },
      fallbackRenderer: 'verbose',
      registerSignalListeners: false,
    }).run();
  } finally {
    await engine.dispose();
  }
  const isWhole = results.length === settings.methods.length;
  return {
    format: 'brenier-images/1',
    command,
    startedAt: startedAt.toISOString(),
    status: signal.aborted || !isWhole ? 'aborted' : results.every(isFinished) ? 'finished' : 'time-limit',
    machine: describeMachine(),
    versions: describeVersions(),
    engine: engine.reason,
    settings: describeImageSettings(settings),
    judge: judge.record,
    tasks: [...tasks.values()].map(({ record }) => record),
    methods: results,
  };
}

/** One method from its start or its checkpoint; `undefined` where the run was stopped before it could be judged. */
async function runMethod(
  { settings, folder, signal, sets, judge, task }: ImageContext,
  name: ImageMethodName,
  timeLimit: number,
  report: (text: string) => void,
): Promise<ImageMethodResult | undefined> {
  const method = imageMethods[name];
  const before = await folder.kept(name);
  if (before !== undefined && isFinished(before)) {
    task(before.task);
    return before;
  }
  const goal = task(method.task);
  const spent = await folder.spent(name);
  const begun = performance.now();
  let told = 0;
  const trained = await method.train({
    protocol: settings,
    sets,
    judge,
    task: goal,
    rng: createRng(settings.seed).fork(`training of ${name}`),
    checkpoint: fileCheckpoint(folder.checkpoint(name)),
    timeLimit,
    signal,
    onProgress(progress) {
      // Every second on a terminal, every ten in a log.
      if (performance.now() - told < (process.stdout.isTTY ? 1000 : 10_000)) return;
      told = performance.now();
      report(describeProgress(progress));
    },
  });
  const seconds = spent + (performance.now() - begun) / 1000;
  await folder.spend(name, seconds);
  try {
    const rng = createRng(settings.seed).fork(`sampling of ${name}`);
    const { dim } = goal.training;
    const generated = await generateImages(rng, trained, goal.starts, dim, signal, report);
    if (generated === undefined) return undefined;
    report('judging');
    const { status, step, losses, parameterCount, engine, iterations } = trained;
    const result: ImageMethodResult = {
      method: name,
      task: method.task,
      training: { status, step, losses, seconds, parameterCount, engine },
      iterations,
      ...(await judgeGenerated(name, judge, goal, generated, folder)),
    };
    await folder.keep(result);
    return result;
  } finally {
    trained.dispose();
  }
}

function isFinished({ training }: ImageMethodResult): boolean {
  return training.status === 'finished';
}
