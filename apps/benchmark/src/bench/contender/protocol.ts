/** What the benchmark and a contender say to each other: one line of JSON each way, never two requests at a time. */
import type { PackedArray } from './packed-array.js';
import type { Work } from './work.js';

/** One way to do a work. */
export interface Variant {
  name: string;
  /** Variants of one group are ways to the same end: the quickest of them stands for the group. */
  group: string;
  /** Threads that it uses. Default: those of its process. */
  threads?: number;
}

/** What a contender computed, by name: numbers and arrays. */
export type Answer = Record<string, number | PackedArray>;

/** How long repetitions took. */
interface Timing {
  /** Milliseconds of each sample. */
  milliseconds: number[];
  /** What the process did between its last reply and this request, when it was not its turn. */
  idle: { processorSeconds: number; seconds: number };
}

/** Name → version of what computes. */
interface Greeting {
  versions: Record<string, string>;
}

/** A contender that is ready to work. */
interface Prepared {
  /** What the work runs on. */
  name: string;
  variants: Variant[];
}

/** Each request with its reply. */
export interface Dialogue {
  hello: { request: object; reply: Greeting };
  prepare: { request: { work: Work; compiled: boolean }; reply: Prepared };
  answer: { request: { variant: Variant }; reply: Answer };
  time: { request: { variant: Variant; units: number; samples: number }; reply: Timing };
  release: { request: object; reply: object };
}

/** The name of a request. */
export type Verb = keyof Dialogue;

/** A request as it stands on its line. */
export type RequestLine = { [V in Verb]: { id: number; do: V } & Dialogue[V]['request'] }[Verb];

/** A reply as it stands on its line. */
export type ReplyLine = { id: number; reply: Dialogue[Verb]['reply'] } | { id: number; error: string };
