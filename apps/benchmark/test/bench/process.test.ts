import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startContender, type ContenderProcess } from '../../src/bench/contender/process.js';
import type { Verb } from '../../src/bench/contender/protocol.js';

const stub = fileURLToPath(new URL('./stub-peer.mjs', import.meta.url));
const opened: ContenderProcess[] = [];

function start(program = process.execPath, args = [stub, 'x', '2']): ContenderProcess {
  const contender = startContender({ name: 'The stub', program, args });
  opened.push(contender);
  return contender;
}

afterEach(() => Promise.all(opened.splice(0).map((contender) => contender.close())));

test('a contender answers one question after another', async () => {
  const contender = start();
  expect(await contender.ask('hello', {})).toEqual({ versions: { stub: '1.0.0', arguments: 'x 2' } });
  const variant = { name: 'right', group: 'stub' };
  expect(await contender.ask('time', { variant, units: 3, samples: 2 })).toEqual({
    milliseconds: [30, 30],
    idle: { processorSeconds: 0.5, seconds: 10 },
  });
});

test('an error of the contender rejects the question and leaves it ready for the next', async () => {
  const contender = start();
  const variant = { name: 'failing', group: 'stub' };
  await expect(contender.ask('answer', { variant })).rejects.toThrow('The stub: out of fingers');
  expect(await contender.ask('answer', { variant: { ...variant, name: 'right' } })).toEqual({ sum: 2 });
});

test('a question before the reply to the one before is refused', async () => {
  const contender = start();
  const first = contender.ask('hello', {});
  await expect(contender.ask('release', {})).rejects.toThrow('is asked "release" before it has replied');
  await first;
});

test('a contender that dies rejects this question and all later ones, with what it printed last', async () => {
  const contender = start();
  await expect(contender.ask('die' as Verb, {})).rejects.toThrow(/The stub ended with code 3:\na warning/);
  await expect(contender.ask('hello', {})).rejects.toThrow('The stub ended with code 3');
});

test('a line that is no reply ends the contender instead of leaving the question open', async () => {
  await expect(start().ask('chatter' as Verb, {})).rejects.toThrow('said something that was not asked for: not JSON');
});

test('a program that does not exist rejects the first question', async () => {
  await expect(start('/no/such/python').ask('hello', {})).rejects.toThrow('The stub could not be started');
});

test('closing ends the process and rejects what comes later; closing twice is closing once', async () => {
  const contender = start();
  await contender.ask('hello', {});
  await contender.close();
  await contender.close();
  await expect(contender.ask('hello', {})).rejects.toThrow('The stub ended with code 0');
});
