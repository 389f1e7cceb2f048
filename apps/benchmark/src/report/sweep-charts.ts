/** The sweep over the noise of the reference: more of it makes bridges easier to learn and dearer to walk. */
import type { DataSetRecord, RunResult, SweepRecord } from '../results.js';
import type { Chart } from './chart.js';
import { lineChart, type Curve } from './line-chart.js';
import { methodColour } from './method-colour.js';

/** W2 and path energy against σ on a data set; none where there was no sweep. */
export function sweepCharts(run: RunResult, dataSet: DataSetRecord): Chart[] {
  const rows = run.sweep.filter(({ settings }) => settings.dataSet === dataSet.name).sort((a, b) => a.sigma - b.sigma);
  if (rows.length === 0) return [];
  const methods = [...new Set(rows.map(({ settings }) => settings.method))];
  const curves = (value: (record: SweepRecord) => number): Curve[] =>
    methods.map((method) => ({
      name: method,
      colour: methodColour(method),
      points: rows
        .filter(({ settings }) => settings.method === method)
        .map((record) => ({ x: record.sigma, y: value(record) })),
    }));
  const exact = [...dataSet.exactBridge]
    .sort((a, b) => a.sigma - b.sigma)
    .map(({ sigma, pathEnergy }) => ({ x: sigma, y: pathEnergy }));
  const x = { label: 'σ of the reference', ticks: 6 };
  return [
    {
      name: 'sweep-w2',
      heading: 'Noise of the reference',
      svg: lineChart({
        title: `W2 against the noise of the reference on ${dataSet.name}`,
        curves: curves(({ w2 }) => w2),
        x,
        y: { label: 'W2', zero: true },
        levels: [{ name: 'floor', value: dataSet.samplingFloor.mean }],
      }),
      caption: 'W2 against σ, one seed.',
    },
    {
      name: 'sweep-energy',
      heading: 'Noise of the reference',
      svg: lineChart({
        title: `Path energy against the noise of the reference on ${dataSet.name}`,
        curves: [
          ...curves(({ pathEnergy }) => pathEnergy),
          ...(exact.length > 1 ? [{ name: 'exact', colour: '#111827', points: exact, isDashed: true }] : []),
        ],
        x,
        y: { label: 'path energy' },
        levels: [{ name: 'W2²(p0, p1)', value: dataSet.energyFloor.mean }],
      }),
      caption: 'Path energy against σ. Dashed: the exact bridge; it comes down to W2² with σ.',
    },
  ];
}
