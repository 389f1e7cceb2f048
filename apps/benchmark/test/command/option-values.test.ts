import { Command } from 'commander';
import { expect, test } from 'vitest';
import { listOption, positiveNumber, seedNumber, seedNumbers, wholeNumber } from '../../src/command/option-values.js';

const columns = ['moons', 'moons→8gaussians', '8gaussians'] as const;

function listed(value: string): unknown {
  const option = listOption('--data-sets <names>', 'columns', columns, ['moons']);
  return new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addOption(option)
    .parse(['node', 'main.js', '--data-sets', value])
    .opts().dataSets;
}

test('names are taken in any case and order, once each, and come in the order of the table', () => {
  expect(listed('8Gaussians, MOONS,moons')).toEqual(['moons', '8gaussians']);
});

test('the arrow of a name may be typed in three ways', () => {
  for (const typed of ['moons→8gaussians', 'moons->8gaussians', 'moons-8gaussians']) {
    expect(listed(typed)).toEqual(['moons→8gaussians']);
  }
});

test('an unknown name is refused with those that there are', () => {
  expect(() => listed('moons,mooons')).toThrow('Unknown: mooons. Choose from moons, moons→8gaussians, 8gaussians.');
});

test('numbers are taken where they fit and refused with a reason where they do not', () => {
  expect([wholeNumber('12'), seedNumber('0'), positiveNumber('0.5')]).toEqual([12, 0, 0.5]);
  for (const text of ['0', '1.5', 'NaN', '', 'Infinity']) expect(() => wholeNumber(text)).toThrow('whole number >= 1');
  for (const text of ['-1', '1.5', '', ' ', '1e16']) expect(() => seedNumber(text)).toThrow('whole number >= 0');
  for (const text of ['0', '-1', 'NaN', 'Infinity', '']) expect(() => positiveNumber(text)).toThrow('number > 0');
});

test('seeds come in ascending order, once each, however they were typed', () => {
  expect(seedNumbers('144,42,44,42')).toEqual([42, 44, 144]);
  expect(() => seedNumbers('42,')).toThrow('whole number >= 0');
});
