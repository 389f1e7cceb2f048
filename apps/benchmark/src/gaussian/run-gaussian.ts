/** Runs the cells of the Gaussian experiment on threads, each with a checkpoint of its own. */
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { readKept, writeJson } from '../json-file.js';
import { beginWork, findWork, type FolderUse } from '../run/work-folder.js';
import type { GaussianAssignment } from './gaussian-cell.js';
import type { GaussianCell, GaussianOrder, GaussianRun } from './gaussian-results.js';
import { cellName, type GaussianSettings } from './gaussian-settings.js';

/** Where and how a run takes place. */
export interface GaussianPlace {
  /** Folder of the page, the numbers and the checkpoints. */
  out: string;
  /** What becomes of a run in the folder. */
  use: FolderUse;
  /** Cells that train at the same time. */
  threads: number;
  signal: AbortSignal;
  /** Told where each cell stands. */
  tell(cell: string, text: string): void;
  /** Told why a cell failed. */
  fail(cell: string, reason: string): void;
}

/** What tells the folder of this experiment from those of others. */
const IDENTITY = { program: 'reproduce:gaussian' };

/** What became of all orders. */
export type GaussianOutcome = Pick<GaussianRun, 'status' | 'cells' | 'failures'>;

/**
 * The cells in the order of methods and dimensions; the longest are begun first. One that fails does not keep the others from ending.
 *
 * @throws Error where there is nothing to resume, or where a run is there that is not to be resumed
 */
export async function runGaussian(settings: GaussianSettings, place: GaussianPlace): Promise<GaussianOutcome> {
  const { work } = await findWork<typeof IDENTITY>(place.out, place.use, ({ program }) => program === IDENTITY.program);
  await beginWork(work, place.use, IDENTITY);
  const orders = settings.methods.flatMap((method) =>
    settings.dims.flatMap((dim) => settings.seeds.map((seed) => ({ settings, method, dim, seed }))),
  );
  const pool = new Piscina<GaussianAssignment, GaussianCell>({
    filename: new URL('gaussian-cell.js', import.meta.url).href,
    name: 'fillGaussianOrder',
    minThreads: place.threads,
    maxThreads: place.threads,
  });
  const answers = new Map<GaussianOrder, GaussianCell | string>();
  const answer = async (order: GaussianOrder): Promise<void> => {
    answers.set(order, await runCell(pool, order, work, place).catch(reasonOf));
  };
  try {
    await Promise.all([...orders].sort((a, b) => b.dim - a.dim).map(answer));
  } finally {
    await pool.destroy();
  }
  return outcomeOf(orders, answers);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function outcomeOf(
  orders: readonly GaussianOrder[],
  answers: ReadonlyMap<GaussianOrder, GaussianCell | string>,
): GaussianOutcome {
  const cells = orders.map((order) => answers.get(order)!).filter((each) => typeof each !== 'string');
  const failures = orders.flatMap((order) => {
    const reason = answers.get(order)!;
    return typeof reason === 'string' ? [{ cell: cellName(order), reason }] : [];
  });
  const isStopped = cells.some(({ status }) => status === 'aborted');
  return { status: failures.length > 0 ? 'failed' : isStopped ? 'aborted' : 'finished', cells, failures };
}

async function runCell(
  pool: Piscina<GaussianAssignment, GaussianCell>,
  order: GaussianOrder,
  folder: string,
  { signal, tell, fail }: GaussianPlace,
): Promise<GaussianCell> {
  const name = cellName(order);
  const file = join(folder, `${order.method} ${order.dim} ${order.seed}`);
  const before = await readKept<GaussianCell>(`${file}.json`);
  const { port1: here, port2: there } = new MessageChannel();
  here.on('message', (text: string) => tell(name, text));
  const stop = (): void => here.postMessage('stop');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    const assignment = { order, checkpoint: `${file}.checkpoint`, port: there };
    const cell = await pool.run(assignment, { transferList: [there] });
    const whole = { ...cell, seconds: cell.seconds + (before?.seconds ?? 0) };
    await writeJson(`${file}.json`, whole);
    tell(name, `${cell.status} after ${cell.history.length} half-iterations`);
    return whole;
  } catch (error) {
    fail(name, reasonOf(error));
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    here.close();
  }
}
