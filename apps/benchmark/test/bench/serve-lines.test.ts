import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { serveLines, type Handlers } from '../../src/bench/contender/serve-lines.js';

const handlers: Handlers = {
  hello: () => Promise.resolve({ versions: { node: '20' } }),
  prepare: () => Promise.reject(new Error('no room')),
  answer: ({ variant }) => Promise.resolve({ length: variant.name.length }),
  time: () => Promise.resolve({ milliseconds: [1], idle: { processorSeconds: 0, seconds: 1 } }),
  release: () => Promise.resolve({}),
};

test('each line gets its reply in order, an error its message, until the input ends', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const requests = [
    { id: 1, do: 'hello' },
    { id: 2, do: 'prepare' },
    { id: 3, do: 'answer', variant: { name: 'abc', group: 'g' } },
  ];
  input.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  await serveLines(handlers, input, output);
  output.end();
  const lines = (await output.toArray()).join('').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { id: 1, reply: { versions: { node: '20' } } },
    { id: 2, error: 'no room' },
    { id: 3, reply: { length: 3 } },
  ]);
});
