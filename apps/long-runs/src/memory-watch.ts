// How the memory of this process develops while something is repeated.
import process from 'node:process';
import { fitLine } from './fit-line.js';

/** How often memory is looked at in the course of a run. */
const SAMPLES = 200;

/** The part of a run that is left out: caches fill, functions are compiled, the collector finds its size. */
const WARM_UP = 0.3;

/** What is looked at: what the system gave, what JavaScript holds, what its arrays hold outside of its heap. */
const quantities = ['rss', 'heap', 'buffers', 'tensors'] as const;

/** A quantity over a run, its warm-up left out. */
export interface Trend {
  /** In bytes, or a number of tensors. */
  readonly quantity: (typeof quantities)[number];
  /** The value at the end of the warm-up, from the fitted line. */
  readonly level: number;
  /** What the fitted line gains from there to the end of the run. */
  readonly growth: number;
  /** Standard error of the growth. */
  readonly growthError: number;
}

/** Looks at memory now and then. */
export interface MemoryWatch {
  /** To be called after repetition k. */
  repeated(k: number): void;
  /** The trends so far. */
  trends(): Trend[];
}

/** Watches a run of `count` repetitions; `collect` is the garbage collector, run before each look. */
export function watchMemory(count: number, collect: () => void, countTensors?: () => number): MemoryWatch {
  const steps: number[] = [];
  const samples = { rss: [] as number[], heap: [] as number[], buffers: [] as number[], tensors: [] as number[] };
  let next = Math.ceil(WARM_UP * count);
  return {
    repeated(k) {
      if (k < next) return;
      next = k + Math.max(1, Math.floor(((1 - WARM_UP) * count) / SAMPLES));
      collect();
      const { rss, heapUsed, external } = process.memoryUsage();
      steps.push(k);
      samples.rss.push(rss);
      samples.heap.push(heapUsed);
      samples.buffers.push(external);
      if (countTensors !== undefined) samples.tensors.push(countTensors());
    },
    trends() {
      const present = quantities.filter((each) => samples[each].length > 0);
      const length = steps[steps.length - 1] - steps[0];
      return present.map((quantity) => {
        const { slope, slopeError, level } = fitLine(steps, samples[quantity]);
        return {
          quantity,
          level: level + slope * steps[0],
          growth: slope * length,
          growthError: slopeError * length,
        };
      });
    },
  };
}
