#!/usr/bin/env node
/**
 * A rival without arithmetic, for tests of the dialogue. It stands where Python is started, so its arguments are those of Python.
 * Its work is the sum 1 + 1; its second variant gets that wrong, its third fails.
 */
import process from 'node:process';
import { createInterface } from 'node:readline';

const variants = ['right', 'wrong', 'failing'].map((name) => ({ name, group: 'stub' }));
const answers = { right: () => ({ sum: 2 }), wrong: () => ({ sum: 3 }), failing: () => fail('out of fingers') };
const handlers = {
  hello: () => ({ versions: { stub: '1.0.0', arguments: process.argv.slice(2).join(' ') } }),
  prepare: ({ work }) => ({ name: 'Stub', variants: variants.slice(0, work.variants ?? 1) }),
  answer: ({ variant }) => answers[variant.name](),
  time: ({ units, samples }) => ({
    milliseconds: Array.from({ length: samples }, () => 10 * units),
    idle: { processorSeconds: 0.5, seconds: 10 },
  }),
  release: () => ({}),
  die: () => process.exit(3),
  chatter: () => process.stdout.write('not JSON\n'),
};

process.stderr.write('a warning\n');
process.on('SIGINT', () => undefined);
createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  const { id } = request;
  try {
    process.stdout.write(`${JSON.stringify({ id, reply: handlers[request.do](request) })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ id, error: error.message })}\n`);
  }
});

function fail(message) {
  throw new Error(message);
}
