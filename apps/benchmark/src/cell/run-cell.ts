/** One cell of the table: data → recipe → samples → judgement. */
import { join } from 'node:path';
import { fileCheckpoint } from '@brenier/nets/node';
import { methodNamed } from '../method/methods.js';
import type { MethodProgress, TrainedMethod } from '../method/method.js';
import type { CellResult, PictureRecord, TrainingRecord } from '../results.js';
import { PICTURED_POINTS, type CellSettings } from '../settings.js';
import { thin, thinLosses } from '../thinning.js';
import { startCellClock, type CellSeconds } from './cell-clock.js';
import type { CellEvent } from './cell-event.js';
import { judgeCell, type JudgedCell } from './judge-cell.js';
import { seededTask } from './tasks.js';

/** What a cell may be told from outside. */
export interface CellControl {
  /** Seconds after which training stops at a checkpoint; `Infinity` for no limit. */
  timeLimit: number;
  /** Folder of the checkpoints, one file a stage. */
  checkpoints: string;
  signal: AbortSignal;
  onEvent(event: CellEvent): void;
}

/** Trains a cell from its checkpoints, or from the start, and judges it. */
export async function runCell(settings: CellSettings, control: CellControl): Promise<CellResult> {
  const { checkpoints, onEvent } = control;
  const start = performance.now();
  const clock = await startCellClock(checkpoints);
  const trained = await methodNamed(settings.method).train({
    data: seededTask(settings.dataSet, settings.seed),
    steps: settings.steps,
    timeLimit: control.timeLimit,
    sigma: settings.sigma,
    checkpoint: (stage) => clock.keptWith(fileCheckpoint(join(checkpoints, fileName(stage)))),
    timePairing: clock.timePairing,
    signal: control.signal,
    onProgress: paceOf(control, start),
  });
  const seconds = clock.read();
  onEvent({ phase: 'sampling' });
  const judged = judgeCell(settings, trained, () => onEvent({ phase: 'judging' }));
  return {
    settings,
    training: trainingRecord(trained, seconds),
    judgement: judged.record,
    ...(settings.isPictured && { pictures: picture(trained, judged) }),
  };
}

function fileName(stage: string): string {
  return `${stage.replaceAll(/[^\w-]+/g, '-')}.checkpoint`;
}

/** Turns the progress of a method into events with a pace. */
function paceOf({ timeLimit, onEvent }: CellControl, start: number): (progress: MethodProgress) => void {
  let first: { step: number; time: number } | undefined;
  return ({ stage, step, steps, loss }) => {
    const time = performance.now();
    first ??= { step, time };
    const stepsPerSecond = step > first.step ? (1000 * (step - first.step)) / (time - first.time) : 0;
    const secondsLeft = Math.min((steps - step) / stepsPerSecond, timeLimit - (time - start) / 1000);
    onEvent({ phase: 'training', stage, step, steps, loss, stepsPerSecond, secondsLeft });
  };
}

function trainingRecord(trained: TrainedMethod, seconds: CellSeconds): TrainingRecord {
  const { status, step, losses, iterations, engine } = trained;
  return {
    status,
    step,
    losses: thinLosses(losses, CURVE_POINTS),
    trainingSeconds: seconds.all - seconds.pairing,
    pairingSeconds: seconds.pairing,
    engine,
    iterations: [...iterations],
  };
}

function picture({ pairs }: TrainedMethod, { states }: JudgedCell): PictureRecord {
  const generated = states[states.length - 1];
  return {
    generated: thin(generated, PICTURED_POINTS),
    paths: Array.from({ length: Math.min(PICTURED_PATHS, generated.length / 2) }, (_, i) =>
      thin(
        states.flatMap((state) => [state[2 * i], state[2 * i + 1]]),
        states.length,
      ),
    ),
    pairs: thin(pairs, pairs.length / 2),
  };
}

const PICTURED_PATHS = 100;
const CURVE_POINTS = 128;
