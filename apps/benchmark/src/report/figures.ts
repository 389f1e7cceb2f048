/** The pictures of the report, each from the plain numbers of a run. */
import * as Plot from '@observablehq/plot';
import type { CellResult, DataSetRecord } from '../results.js';
import { COLOURS, dotCloud, drawSvg, pointPairs, squareFrame } from './drawing.js';

const PANEL = { width: 320, height: 320, marginLeft: 34, marginBottom: 26, marginTop: 8, marginRight: 8 };

/** Generated samples over test samples. */
export function samplesFigure(cell: CellResult, dataSet: DataSetRecord): string {
  const marks = [
    dotCloud(dataSet.target, COLOURS.data, 1.6, 0.35),
    dotCloud(cell.pictures.generated, COLOURS.generated, 1.6, 0.35),
  ];
  return drawSvg(
    { ...PANEL, ...squareFrame(dataSet.target), marks },
    `${cell.settings.method} samples against ${dataSet.name} data`,
  );
}

/** Paths of the learned flow from source to data. */
export function trajectoriesFigure(cell: CellResult, dataSet: DataSetRecord): string {
  const { paths } = cell.pictures;
  const steps = paths.flatMap((path, id) => pointPairs(path).map(([x, y]) => ({ x, y, id })));
  const marks = [
    Plot.line(steps, { x: 'x', y: 'y', z: 'id', stroke: '#555', strokeOpacity: 0.45, strokeWidth: 0.8 }),
    dotCloud(
      paths.flatMap((path) => path.slice(0, 2)),
      COLOURS.source,
      2,
      0.9,
    ),
    dotCloud(
      paths.flatMap((path) => path.slice(-2)),
      COLOURS.generated,
      2,
      0.9,
    ),
  ];
  return drawSvg(
    { ...PANEL, ...squareFrame(paths.flat()), marks },
    `Paths of ${cell.settings.method} on ${dataSet.name}`,
  );
}

/** One minibatch as its pairing couples it: the coupling itself. */
export function couplingFigure(cell: CellResult, dataSet: DataSetRecord): string {
  const flat = cell.pictures.pairs;
  const pairs = Array.from({ length: flat.length / 4 }, (_, i) => flat.slice(4 * i, 4 * i + 4));
  const marks = [
    Plot.link(pairs, {
      x1: '0',
      y1: '1',
      x2: '2',
      y2: '3',
      stroke: COLOURS.pair,
      strokeOpacity: 0.55,
      strokeWidth: 0.8,
    }),
    dotCloud(
      pairs.flatMap((pair) => pair.slice(0, 2)),
      COLOURS.source,
      2.2,
      1,
    ),
    dotCloud(
      pairs.flatMap((pair) => pair.slice(2)),
      COLOURS.data,
      2.2,
      1,
    ),
  ];
  return drawSvg(
    { ...PANEL, ...squareFrame(flat), marks },
    `Minibatch coupling of ${cell.settings.method} on ${dataSet.name}`,
  );
}

/** Loss over steps, all methods of one data set. */
export function lossFigure(cells: readonly CellResult[], dataSet: DataSetRecord): string {
  const rows = cells.flatMap((cell) =>
    cell.training.losses.map(({ step, loss }) => ({ step, loss, method: cell.settings.method })),
  );
  const methods = cells.map((cell) => cell.settings.method);
  return drawSvg(
    {
      width: 660,
      height: 240,
      marginLeft: 44,
      x: { label: 'step →' },
      y: { type: 'log', label: '↑ loss', grid: true, ticks: 6, tickFormat: '~g' },
      color: { domain: methods, range: methods.map((method) => COLOURS[method]) },
      marks: [
        Plot.line(rows, { x: 'step', y: 'loss', stroke: 'method', strokeWidth: 1.3 }),
        Plot.text(
          rows,
          Plot.selectLast({
            x: 'step',
            y: 'loss',
            z: 'method',
            text: 'method',
            fill: 'method',
            dy: -14,
            textAnchor: 'end',
          }),
        ),
      ],
    },
    `Training loss on ${dataSet.name}`,
  );
}

/** W2 of each method between the floor and the published value. */
export function distanceFigure(
  cells: readonly CellResult[],
  dataSet: DataSetRecord,
  published: readonly number[],
): string {
  const rows = cells.flatMap((cell, i) => [
    { method: cell.settings.method, value: cell.judgement.w2, kind: 'this run' },
    { method: cell.settings.method, value: published[i], kind: 'published' },
  ]);
  return drawSvg(
    {
      width: 660,
      height: 60 + 40 * cells.length,
      marginLeft: 64,
      marginBottom: 34,
      x: { label: 'W2 →', zero: true, grid: true },
      y: { label: null, domain: cells.map((cell) => cell.settings.method) },
      symbol: { domain: ['this run', 'published'], range: ['circle', 'diamond'], legend: false },
      marks: [
        Plot.ruleX([dataSet.samplingFloor], { stroke: '#333', strokeDasharray: '4 3' }),
        Plot.text([dataSet.samplingFloor], {
          x: (d: number) => d,
          text: () => 'sampling floor',
          frameAnchor: 'top',
          textAnchor: 'start',
          dx: 4,
        }),
        Plot.link(
          cells.map((cell, i) => ({ y: cell.settings.method, x1: cell.judgement.w2, x2: published[i] })),
          { x1: 'x1', x2: 'x2', y1: 'y', y2: 'y', stroke: '#bbb' },
        ),
        Plot.dot(rows, {
          x: 'value',
          y: 'method',
          symbol: 'kind',
          r: 5,
          fill: (d: { kind: string }) => (d.kind === 'published' ? '#fff' : COLOURS.generated),
          stroke: COLOURS.generated,
        }),
      ],
    },
    `W2 on ${dataSet.name}: this run, the published value and the floor`,
  );
}
