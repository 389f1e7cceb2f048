/** Shows where a run stands: a line for every order of a small run, for every method of a large one. */
import { Listr, type ListrTaskWrapper } from 'listr2';
import { orderName, type WorkOrder } from '../cell/work-order.js';
import { describeOrder, describeSeconds } from './progress-text.js';

/** What the run tells its board. */
export interface ProgressBoard {
  /** Where an order stands that is being filled; the board passes on as many of these as one can read. */
  show(order: WorkOrder, text: string): void;
  /** What became of an order. */
  settle(order: WorkOrder, text: string, hasFailed?: boolean): void;
  /** Foretells the end. */
  foretell(seconds: number | undefined): void;
  /** Takes the board down; orders that are not settled are said to be left. */
  close(): Promise<void>;
}

/** A line of the board. */
interface Line {
  title: string;
  orders: WorkOrder[];
  settled: number;
  failed: number;
  /** What is being filled, and where it stands. */
  current: Map<string, string>;
  /** The latest order that was settled. */
  latest: string;
  task?: Pick<ListrTaskWrapper<unknown, never, never>, 'title' | 'output' | 'skip'>;
  end(): void;
  ended: Promise<void>;
  nextOutput: number;
}

/** Up to so many orders have a line of their own. */
const LARGEST_LIST = 16;

/**
 * Puts a board up.
 *
 * @param orders - the orders of the run
 * @param isSilent - whether nothing is to be printed
 */
export function progressBoard(orders: readonly WorkOrder[], isSilent: boolean): ProgressBoard {
  const titleOf = orders.length <= LARGEST_LIST ? describeOrder : groupOf;
  const lines = new Map<string, Line>();
  for (const order of orders) {
    const title = titleOf(order);
    const line = lines.get(title) ?? newLine(title);
    line.orders.push(order);
    lines.set(title, line);
  }
  let remaining = '';
  const lineOf = (order: WorkOrder): Line => lines.get(titleOf(order))!;
  const interval = process.stdout.isTTY ? 250 : orders.length <= LARGEST_LIST ? 10_000 : 60_000;
  const shown = new Listr(
    [...lines.values()].map((line) => ({
      title: line.title,
      task: async (_: unknown, task: NonNullable<Line['task']>) => {
        line.task = task;
        refresh(line, true);
        await line.ended;
        if (line.settled < line.orders.length) task.skip(`${headOf(line)}, not all of it`);
        else if (line.failed > 0) throw new Error(headOf(line));
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      renderer: isSilent ? 'silent' : 'default',
      rendererOptions: { collapseErrors: false, collapseSkips: false },
      fallbackRenderer: 'verbose',
      registerSignalListeners: false,
    },
  ).run();

  function refresh(line: Line, isUrgent: boolean): void {
    const now = Date.now();
    if (line.task === undefined || (!isUrgent && now < line.nextOutput)) return;
    line.nextOutput = now + interval;
    line.task.title = headOf(line);
    const current = [...line.current.values()].join(' | ');
    if (current !== '') line.task.output = remaining === '' ? current : `${current} (all: ${remaining})`;
  }
  return {
    show(order, text) {
      const line = lineOf(order);
      const name = orderName(order);
      const isNew = !line.current.has(name);
      line.current.set(name, line.orders.length > 1 ? `${detailOf(order)}: ${text}` : text);
      refresh(line, isNew);
    },
    settle(order, text, hasFailed = false) {
      const line = lineOf(order);
      line.current.delete(orderName(order));
      line.settled++;
      if (hasFailed) line.failed++;
      line.latest = line.orders.length > 1 ? `${detailOf(order)}: ${text}` : text;
      refresh(line, true);
      if (line.settled === line.orders.length) line.end();
    },
    foretell(seconds) {
      remaining = seconds === undefined ? '' : `about ${describeSeconds(seconds)} left`;
    },
    async close() {
      for (const line of lines.values()) line.end();
      await shown;
    },
  };
}

function newLine(title: string): Line {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { title, orders: [], settled: 0, failed: 0, current: new Map(), latest: '', end, ended, nextOutput: 0 };
}

function headOf({ title, orders, settled, failed, latest }: Line): string {
  const count = orders.length > 1 ? `: ${settled} of ${orders.length} done` : '';
  const failures = failed > 0 && orders.length > 1 ? `, ${failed} failed` : '';
  return `${title}${count}${failures}${latest === '' ? '' : `${orders.length > 1 ? '; ' : ': '}${latest}`}`;
}

function groupOf(order: WorkOrder): string {
  if (order.kind === 'floor') return 'Floors';
  if (order.kind === 'exact-bridge') return 'Exact bridges';
  return order.settings.sigma === undefined ? order.settings.method : `${order.settings.method}, sweep over σ`;
}

function detailOf(order: WorkOrder): string {
  if (order.kind === 'floor') return `${order.dataSet} ${order.seed}`;
  if (order.kind === 'exact-bridge') return `${order.dataSet} σ = ${order.sigma}`;
  const { dataSet, seed, sigma } = order.settings;
  return sigma === undefined ? `${dataSet} ${seed}` : `${dataSet} σ = ${sigma}`;
}
