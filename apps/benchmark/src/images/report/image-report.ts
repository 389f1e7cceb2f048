/** The page of a run on images: one file with its pictures inside. */
import { colourKey, COLOURS } from '../../report/drawing.js';
import { lineChart } from '../../report/line-chart.js';
import { methodColour } from '../../report/method-colour.js';
import { escapeHtml, formatDuration, htmlPage, htmlTable, machineSection } from '../../report/page.js';
import type { ImageMethodResult, ImageRun, ImageTaskRecord } from '../image-results.js';
import { classChart } from './class-chart.js';
import { IMAGE_TABLE_HEAD, imageRows, taskOf } from './image-table.js';

const STATUS_NOTE: Record<ImageRun['status'], string> = {
  finished: '',
  'time-limit': '; stopped by the time limit before the last step',
  aborted: '; interrupted before the last step',
};

/**
 * The whole page as text.
 *
 * @param picture - reads a picture by its name
 */
export async function imageReport(run: ImageRun, picture: (name: string) => Promise<Uint8Array>): Promise<string> {
  const sections: string[] = [];
  for (const result of run.methods) sections.push(await methodSection(run, result, picture));
  const workSeconds = run.methods.reduce(
    (sum, { training, judgement }) => sum + training.seconds + judgement.samplingSeconds,
    0,
  );
  return htmlPage(
    'Flows and a bridge on handwritten digits',
    `<p class="soft">${formatDuration(workSeconds)} of training and sampling, ${escapeHtml(run.startedAt.slice(0, 10))}${STATUS_NOTE[run.status]}.
<code>${escapeHtml(run.command)}</code></p>
<p>Real digits of 28 × 28 pixels (LeCun et al. 1998), a small U-Net, and a judge of our own. CFM and OT-CFM carry noise to digits. DSBM-IMF bridges the digits
0–4 and 5–9, as bridges between two sets of images are judged in the literature: from noise there would be nothing that a bridge could keep.</p>
${tableSection(run)}
${sections.join('\n')}
${lossSection(run)}
${judgeSection(run)}
${settingsSection(run)}`,
  );
}

function tableSection(run: ImageRun): string {
  const rows = imageRows(run);
  const isBest = (row: number, column: number): boolean => {
    const rivals = rows.filter((each) => each[1] === rows[row][1]).map((each) => Number(each[column]));
    return column === 3 && rivals.length > 1 && Number(rows[row][column]) === Math.min(...rivals);
  };
  return `<h2>The table</h2>
${htmlTable(IMAGE_TABLE_HEAD, rows, 2, isBest)}
<p class="soft"><em>Feature Fréchet</em>: the digit-feature Fréchet distance between generated images and held-out digits, in the features of our own judge; it is no FID and
compares with none. <em>Floor</em>: that of as many training digits, as from a perfect generator. <em>Starts</em>: that of a method that does nothing, pure noise or the
digits 0–4 as they are. <em>Precision</em>: the part of the images that is like a held-out digit; <em>recall</em>: the part of the held-out digits that is like an image
(Kynkäänniemi et al. 2019, in the same features); <em>real</em>: the same of training digits. <em>Nearest</em>: the median distance to the nearest training image; a generator
that copies has one far below that of <em>real</em> digits held out. <em>Energy</em>: E∫‖v‖²dt, of the bridge along its probability flow. NFE: evaluations of a network for each image.</p>`;
}

async function methodSection(
  run: ImageRun,
  result: ImageMethodResult,
  picture: (name: string) => Promise<Uint8Array>,
): Promise<string> {
  const { method, pictures, judgement } = result;
  const task = taskOf(run, result);
  const isBridge = task.task === 'digits to digits';
  const samples = isBridge
    ? 'Held-out digits 0–4, and below each what the bridge makes of it; the first of all, not chosen.'
    : 'The first images of all, not chosen.';
  return `<h2>${method}</h2>
<figure>${await image(picture, pictures.samples, `Images of ${method}`)}<figcaption>${samples}</figcaption></figure>
<h3>On the way</h3>
<figure>${await image(picture, pictures.frames, `Images of ${method} on the way`)}<figcaption>Eight of them at equal times, from ${isBridge ? 'a digit 0–4' : 'noise'} to what is generated.</figcaption></figure>
<h3>Nearest training images</h3>
<figure>${await image(picture, pictures.nearest, `Images of ${method} and the training images nearest to them`)}<figcaption>Generated images, and below each the training image nearest to it.</figcaption></figure>
<div class="charts">
<figure>${classChart(judgement.classes, task.classes, `Digits of ${method}`)}
<figcaption>${colourKey(COLOURS.generated, 'generated')} ${colourKey(COLOURS.data, 'held out')}</figcaption></figure>
${result.iterations.length > 0 ? bridgeFigure(result, task) : ''}
</div>`;
}

function bridgeFigure({ method, iterations, judgement }: ImageMethodResult, task: ImageTaskRecord): string {
  const chart = lineChart({
    title: 'Transport cost over the iterations of the bridge',
    curves: [
      {
        name: method,
        colour: methodColour(method),
        points: iterations.map(({ iteration, transportCost }) => ({ x: iteration, y: transportCost })),
      },
    ],
    x: { label: 'iteration', ticks: iterations.map(({ iteration }) => iteration), tickFormat: 'd' },
    y: { label: 'mean ‖x₁ − x₀‖²', zero: true },
    levels: [
      { name: 'at random', value: task.independentCost },
      { name: 'exact OT', value: task.optimalCost },
    ],
  });
  return `<figure>${chart}<figcaption>What a digit keeps of itself: at the end the squared distance between a digit and what it becomes is ${judgement.transportCost.toFixed(0)}. It is
${task.independentCost.toFixed(0)} for held-out digits paired at random, and ${task.optimalCost.toFixed(0)} where as many are paired best. In 784 dimensions so few digits overstate the least cost
between the two laws: a good bridge may lie below.</figcaption></figure>`;
}

function lossSection({ methods }: ImageRun): string {
  const chart = lineChart({
    title: 'Loss over steps',
    curves: methods.map(({ method, training }) => ({
      name: method,
      colour: methodColour(method),
      points: training.losses.map(({ step, loss }) => ({ x: step, y: loss })),
    })),
    x: { label: 'optimizer step' },
    y: { label: 'mean squared error a pixel', type: 'log', tickFormat: '~g' },
    dots: false,
  });
  return `<h2>Loss</h2>
<div class="charts"><figure>${chart}<figcaption>Mean over windows of steps. What remains is the variance of the target, not a misfit; the bridge starts another fit in each half of an iteration.</figcaption></figure></div>`;
}

function judgeSection({ judge, tasks }: ImageRun): string {
  const training = Object.entries(judge.training).map(([name, value]) => `${name} ${value}`);
  const references = tasks.map(({ task, references: count }) => `${count} for ${task}`);
  return `<h2>The judge</h2>
<p>Two convolutions and two dense layers, trained by this project on the digits that the generators learn from, and the same in every run. It names
${(100 * judge.heldOutAccuracy).toFixed(1)} % of the 2000 held-out digits rightly. The digit-feature Fréchet distance compares mean and covariance of its 64 features before the last layer:
‖μ − ν‖² + tr(Σ + Τ − 2(Σ<sup>½</sup>ΤΣ<sup>½</sup>)<sup>½</sup>). Held-out digits in the comparison: ${escapeHtml(references.join(', '))}.</p>
<p class="soft">${escapeHtml(training.join(' · '))}</p>`;
}

function settingsSection(run: ImageRun): string {
  const rows = Object.entries(run.settings).map(
    ([name, { value, origin }]) =>
      `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))} <span class="origin">(${origin})</span></dd>`,
  );
  const parameters = run.methods.map(({ method, training }) => `${method} ${training.parameterCount}`);
  return `<h2>Settings</h2>
<dl>${rows.join('')}<dt>parameters of the networks</dt><dd>${escapeHtml(parameters.join(', '))}</dd></dl>
${machineSection(run.machine, run.versions, `Engine: ${run.engine}.`)}`;
}

/** A picture within the page, two pixels of the screen a pixel. */
async function image(read: (name: string) => Promise<Uint8Array>, name: string, text: string): Promise<string> {
  const bytes = Buffer.from(await read(name));
  const width = bytes.readUInt32BE(16);
  return `<img src="data:image/png;base64,${bytes.toString('base64')}" alt="${escapeHtml(text)}" width="${2 * width}" style="image-rendering:pixelated;max-width:100%">`;
}
