import { expect, test } from 'vitest';
import { timeBudget } from '../../src/run/time-budget.js';

test('cells that take their time share it evenly', () => {
  let time = 0;
  const budget = timeBudget(200, 4, 2, () => time);
  expect([budget.start('a'), budget.start('b')]).toEqual([100, 100]);
  time = 100;
  budget.end('a');
  budget.end('b');
  expect([budget.start('c'), budget.start('d')]).toEqual([100, 100]);
});

test('what quick cells leave over goes to the later ones', () => {
  let time = 0;
  const budget = timeBudget(200, 4, 2, () => time);
  budget.start('a');
  budget.start('b');
  time = 60;
  budget.end('a');
  budget.end('b');
  expect([budget.start('c'), budget.start('d')]).toEqual([140, 140]);
});

test('no cell may run past the end, and a late one gets nothing', () => {
  let time = 0;
  const budget = timeBudget(10, 2, 1, () => time);
  expect(budget.start('a')).toBe(5);
  time = 30;
  expect(budget.start('b')).toBe(0);
});

test('threads beyond the number of cells do not add time', () => {
  const budget = timeBudget(10, 1, 8, () => 0);
  expect(budget.start('a')).toBe(10);
});

test('without a limit no cell has one', () => {
  const budget = timeBudget(Infinity, 2, 2, () => 0);
  expect([budget.start('a'), budget.start('b')]).toEqual([Infinity, Infinity]);
});
