import { expect, test } from 'vitest';
import { forecast } from '../../src/run/forecast.js';

const kinds = new Map([
  ['a1', 'A'],
  ['a2', 'A'],
  ['b1', 'B'],
  ['b2', 'B'],
]);

function clockedForecast() {
  let time = 0;
  return { ...forecast(kinds, () => time), at: (seconds: number) => (time = seconds) };
}

test('nothing is foretold before an order has begun', () => {
  const { secondsLeft, advance } = clockedForecast();
  expect(secondsLeft()).toBeUndefined();
  advance('a1', 0);
  expect(secondsLeft()).toBeUndefined();
});

test('an order under way tells how long its kind takes, and a kind of which nothing is known takes as long', () => {
  const { at, advance, secondsLeft } = clockedForecast();
  advance('a1', 0);
  at(10);
  advance('a1', 0.5);
  // 20 s each: 10 are left of a1, and three are to come, one after the other.
  expect(secondsLeft()).toBe(70);
});

test('finished orders tell how long their kind takes', () => {
  const { at, advance, end, secondsLeft } = clockedForecast();
  advance('a1', 0);
  at(10);
  end('a1');
  advance('b1', 0);
  at(40);
  end('b1');
  expect(secondsLeft()).toBe(10 + 30);
});

test('as many orders run at once as now, but none is faster than it is', () => {
  const { at, advance, end, secondsLeft } = clockedForecast();
  advance('a1', 0);
  advance('b1', 0);
  at(10);
  end('a1');
  at(30);
  end('b1');
  advance('a2', 0);
  advance('b2', 0);
  expect(secondsLeft()).toBe(30);
});

test('orders that were filled before do not count, nor do unknown ones', () => {
  const { at, advance, end, secondsLeft } = clockedForecast();
  for (const before of ['a2', 'b1', 'b2', 'unknown']) end(before);
  advance('unknown', 0.5);
  advance('a1', 0);
  at(5);
  advance('a1', 0.25);
  expect(secondsLeft()).toBe(15);
  end('a1');
  expect(secondsLeft()).toBe(0);
});
