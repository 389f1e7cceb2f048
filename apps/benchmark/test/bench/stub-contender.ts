import type { Contender } from '../../src/bench/contender/contender.js';
import type { Answer, Dialogue, Verb } from '../../src/bench/contender/protocol.js';
import type { Side } from '../../src/bench/results.js';
import type { BenchCell } from '../../src/bench/suite/suite.js';

/** A cell whose work nobody looks at. */
export function stubCell(total?: number): BenchCell {
  return { name: 'sum', title: 'One and one', unit: 'sum', total, work: { kind: 'mlp-walk' } as BenchCell['work'] };
}

/** A variant of a contender that is played in this process: its answer, and the milliseconds of a unit. */
export interface StubVariant {
  name: string;
  group: string;
  answer?: Answer | Error;
  milliseconds: number;
}

/** A contender played in this process; `asked` hears every question. */
export function stubContender(
  side: Side,
  name: string,
  variants: readonly StubVariant[],
  asked: (line: string) => void = () => undefined,
): Contender {
  const find = (wanted: string): StubVariant => variants.find((each) => each.name === wanted)!;
  const handlers: { [V in Verb]: (request: Dialogue[V]['request']) => Dialogue[V]['reply'] } = {
    hello: () => ({ versions: {} }),
    prepare: () => ({ name, variants: variants.map((each) => ({ name: each.name, group: each.group })) }),
    answer({ variant }) {
      const { answer = { sum: 2 } } = find(variant.name);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    time: ({ variant, units, samples }) => ({
      milliseconds: Array.from({ length: samples }, () => units * find(variant.name).milliseconds),
      idle: { processorSeconds: 1, seconds: 100 },
    }),
    release: () => ({}),
  };
  return {
    side,
    threads: 1,
    process: {
      ask(verb, request) {
        asked(`${name} ${verb} ${'units' in request ? `${request.units}×${request.samples}` : ''}`.trim());
        return new Promise((resolve) => resolve(handlers[verb](request)));
      },
      close: () => Promise.resolve(),
    },
  };
}
