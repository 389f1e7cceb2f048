#!/usr/bin/env node
/** Our own contender: a process like those of the rivals, so that both sides are asked, timed and left idle in the same way. */
import { parseArgs } from 'node:util';
import { serveLines } from '../contender/serve-lines.js';
import { describeVersions } from '../../versions.js';
import type { PreparedWork } from './prepared-work.js';
import { prepareWork } from './prepare-work.js';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    group: { type: 'string', default: 'plain SIMD' },
    relaxed: { type: 'boolean', default: false },
    wide: { type: 'boolean', default: false },
  },
});
const settings = { threads: Number(values.threads), relaxedSimd: values.relaxed, wideVectors: values.wide };
const { group } = values;
let work: PreparedWork | undefined;
let turnEnded = measure();

// Ctrl-C reaches every process of the terminal; what happens then is decided by the benchmark.
process.on('SIGINT', () => undefined);

await serveLines(
  {
    hello: () => endTurn({ versions: { node: process.versions.node, ...describeVersions() } }),
    async prepare(request) {
      await work?.dispose?.();
      work = undefined;
      work = await prepareWork(request.work, settings);
      return endTurn({ name: 'Brenier', variants: work.variants ?? [{ name: work.engine, group }] });
    },
    answer: async ({ variant }) => endTurn(await prepared().answer(variant)),
    async time({ variant, units, samples }) {
      const now = measure();
      const idle = {
        processorSeconds: now.processorSeconds - turnEnded.processorSeconds,
        seconds: now.seconds - turnEnded.seconds,
      };
      const milliseconds: number[] = [];
      for (let k = 0; k < samples; k++) {
        const start = performance.now();
        await prepared().run(units, variant);
        milliseconds.push(performance.now() - start);
      }
      return endTurn({ milliseconds, idle });
    },
    async release() {
      await work?.dispose?.();
      work = undefined;
      return endTurn({});
    },
  },
  process.stdin,
  process.stdout,
);

function prepared(): PreparedWork {
  if (work === undefined) throw new Error('no work is prepared');
  return work;
}

function endTurn<T>(reply: T): Promise<T> {
  turnEnded = measure();
  return Promise.resolve(reply);
}

/** Processor time of all threads of this process, and the time on the wall. */
function measure() {
  const { user, system } = process.cpuUsage();
  return { processorSeconds: (user + system) / 1e6, seconds: performance.now() / 1000 };
}
