/** The result of a run from the answers to its orders. */
import { normalizedPathEnergy } from '@brenier/metrics';
import { orderName, type Answer, type WorkOrder } from '../cell/work-order.js';
import { describeMachine } from '../machine.js';
import { methodNamed } from '../method/methods.js';
import type {
  CellFailure,
  CellResult,
  ComparedCell,
  DataSetRecord,
  ExactBridgeRecord,
  FloorRecord,
  RunResult,
} from '../results.js';
import type { DataSetName, MethodName, RunSettings } from '../settings.js';
import { describeVersions } from '../versions.js';
import { describeSettings } from './describe-settings.js';
import { isOnSweep, stepsOf, type Plan } from './plan.js';

/** Name of an order → its answer; what was not filled is missing. */
export type Answers = Map<string, Answer<WorkOrder>>;

/** What a run came to. */
export interface RunOutcome {
  answers: Answers;
  failures: CellFailure[];
  command: string;
  startedAt: Date;
  isAborted: boolean;
}

/** Puts the answers together; a cell whose floor is missing waits for the run that resumes this one. */
export function assembleResult(settings: RunSettings, plan: Plan, outcome: RunOutcome): RunResult {
  const { answers, failures, command, startedAt, isAborted } = outcome;
  const answersTo = <O extends WorkOrder>(orders: readonly O[]): Answer<O>[] =>
    orders.map((order) => answers.get(orderName(order)) as Answer<O> | undefined).filter((each) => each !== undefined);
  const floors = answersTo(plan.floors);
  const cells = answersTo(plan.cells);
  const bridges = answersTo(plan.exactBridges);
  const sweep = [...answersTo(plan.sweep), ...cells.filter((cell) => isOnSweep(cell.settings, settings))];
  const isFinished = cells.every(({ training }) => training.status === 'finished');
  return {
    format: 'brenier-benchmark/2',
    command,
    startedAt: startedAt.toISOString(),
    status: isAborted ? 'aborted' : failures.length > 0 ? 'failed' : isFinished ? 'finished' : 'time-limit',
    machine: describeMachine(),
    versions: describeVersions(),
    settings: describeSettings(settings),
    methodSettings: Object.fromEntries(settings.methods.map((name) => [name, methodSettings(name, settings)])),
    dataSets: settings.dataSets.flatMap((name) => describeDataSet(name, floors, bridges)),
    cells: settings.dataSets.flatMap((name) => compareCells(name, cells, floors, bridges)),
    sweep: sweep.map(({ settings: cell, judgement: { w2, pathEnergy } }) => ({
      settings: cell,
      sigma: cell.sigma ?? methodNamed(cell.method).sigma(cell.dataSet),
      w2,
      pathEnergy,
    })),
    failures,
  };
}

function methodSettings(name: MethodName, run: RunSettings): RunResult['methodSettings'][string] {
  const method = methodNamed(name);
  return { steps: { value: stepsOf(method, run), origin: 'ours' }, ...method.settings };
}

/** The floors of a data set over the seeds; nothing where none is measured. */
function describeDataSet(
  name: DataSetName,
  floors: readonly FloorRecord[],
  bridges: readonly ExactBridgeRecord[],
): DataSetRecord[] {
  const own = floors.filter(({ dataSet }) => dataSet === name);
  if (own.length === 0) return [];
  const [{ source, target }] = own;
  return [
    {
      name,
      samplingFloor: meanAndSd(own.flatMap(({ samplingDistances }) => samplingDistances)),
      energyFloor: meanAndSd(own.map(({ energyFloor }) => energyFloor)),
      exactBridge: bridges
        .filter(({ dataSet }) => dataSet === name)
        .map(({ sigma, pathEnergy }) => ({ sigma, pathEnergy })),
      source,
      target,
    },
  ];
}

function meanAndSd(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

function compareCells(
  name: DataSetName,
  cells: readonly CellResult[],
  floors: readonly FloorRecord[],
  bridges: readonly ExactBridgeRecord[],
): ComparedCell[] {
  return cells
    .filter(({ settings }) => settings.dataSet === name)
    .flatMap((cell) => {
      const floor = floors.find(({ dataSet, seed }) => dataSet === name && seed === cell.settings.seed);
      if (floor === undefined) return [];
      const { energyFloor } = floor;
      const npe = normalizedPathEnergy(cell.judgement.pathEnergy, energyFloor);
      const { isStochastic, sigma } = methodNamed(cell.settings.method);
      const bridge = bridges.find((each) => isStochastic && each.dataSet === name && each.sigma === sigma(name));
      const exactBridge = bridge && { sigma: bridge.sigma, pathEnergy: bridge.pathEnergy };
      return [{ ...cell, energyFloor, npe, ...(exactBridge && { exactBridge }) }];
    });
}
