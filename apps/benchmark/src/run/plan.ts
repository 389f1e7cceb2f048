/** What a run consists of. */
import type { CellOrder, ExactBridgeOrder, FloorOrder, WorkOrder } from '../cell/work-order.js';
import type { Method } from '../method/method.js';
import { methodNamed } from '../method/methods.js';
import type { CellSettings, DataSetName, MethodName, RunSettings } from '../settings.js';

/** The orders of a run, in the order of their work. */
export interface Plan {
  floors: FloorOrder[];
  /** Seed after seed, so that a run that is ended early has whole tables; within one, as the methods were given. */
  cells: CellOrder[];
  sweep: CellOrder[];
  /** What the energies of methods with noise are judged by. */
  exactBridges: ExactBridgeOrder[];
}

/** The one method that the noise is swept for. */
const SWEPT_METHOD: MethodName = 'DSBM-IMF';

/** Makes the orders of a run. Pairs of a method and a data set that do not fit are left out. */
export function planRun(settings: RunSettings): Plan {
  const { dataSets, methods, seeds, samples } = settings;
  const cell = (method: Method, dataSet: DataSetName, seed: number, sigma?: number): CellOrder => ({
    kind: 'cell',
    settings: {
      dataSet,
      method: method.name as MethodName,
      seed,
      steps: stepsOf(method, settings),
      samples,
      isPictured: sigma === undefined && seed === seeds[0],
      ...(sigma !== undefined && { sigma }),
    },
  });
  const stochastic = methods.map(methodNamed).filter(({ isStochastic }) => isStochastic);
  const swept = settings.sweep.length > 0 ? [methodNamed(SWEPT_METHOD)] : [];
  return {
    floors: seeds.flatMap((seed) => dataSets.map((dataSet): FloorOrder => ({ kind: 'floor', dataSet, seed, samples }))),
    cells: seeds.flatMap((seed) =>
      methods
        .map(methodNamed)
        .flatMap((method) =>
          dataSets.filter((dataSet) => fits(method, dataSet)).map((dataSet) => cell(method, dataSet, seed)),
        ),
    ),
    sweep: swept.flatMap((method) =>
      dataSets.flatMap((dataSet) =>
        settings.sweep.map((factor) => cell(method, dataSet, seeds[0], sweptSigma(factor, method, dataSet))),
      ),
    ),
    exactBridges: dataSets.flatMap((dataSet) => {
      const table = stochastic.filter((method) => fits(method, dataSet)).map((method) => method.sigma(dataSet));
      const curve = swept.flatMap((method) => settings.sweep.map((factor) => sweptSigma(factor, method, dataSet)));
      const sigmas = [...new Set([...table, ...curve])].sort((a, b) => a - b);
      return sigmas.map((sigma): ExactBridgeOrder => ({ kind: 'exact-bridge', dataSet, sigma }));
    }),
  };
}

/** All orders of a plan: the floors first, since a report of the first cells needs them. */
export function ordersOf({ floors, cells, sweep, exactBridges }: Plan): WorkOrder[] {
  return [...floors, ...cells, ...exactBridges, ...sweep];
}

/** Optimizer steps of a method's cells. */
export function stepsOf(method: Method, { steps, isQuick }: RunSettings): number {
  return steps ?? (isQuick ? method.quickSteps : method.steps);
}

/** Whether a cell belongs to the sweep's curve although it is a cell of the table: the method at its own noise. */
export function isOnSweep({ method, seed }: CellSettings, { sweep, seeds }: RunSettings): boolean {
  return sweep.length > 0 && method === SWEPT_METHOD && seed === seeds[0];
}

/** As a decimal number that a reader would write: 1.5 · 0.7 is 1.05. */
function sweptSigma(factor: number, method: Method, dataSet: DataSetName): number {
  return Number((factor * method.sigma(dataSet)).toPrecision(12));
}

function fits(method: Method, dataSet: DataSetName): boolean {
  return !(method.needsGaussianSource && dataSet === 'moons→8gaussians');
}
