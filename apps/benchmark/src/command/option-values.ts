/** Reads the values of options. */
import { InvalidArgumentError, Option } from 'commander';

/** An option with a list of names, each of which must be among `allowed`. */
export function listOption<T extends string>(
  flags: string,
  description: string,
  allowed: readonly T[],
  byDefault: readonly T[],
): Option {
  const parse = (text: string): T[] => {
    const names = text.split(',').map((name) => name.trim());
    const found = names.map((name) => allowed.find((each) => simplified(each) === simplified(name)));
    const unknown = names.filter((_, i) => found[i] === undefined);
    if (unknown.length > 0)
      throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}. Choose from ${allowed.join(', ')}.`);
    return allowed.filter((each) => found.includes(each));
  };
  return new Option(flags, `${description}, separated by commas`)
    .argParser(parse)
    .default([...byDefault], byDefault.join(','));
}

/** Names are compared without case, and `moons-8gaussians` or `moons->8gaussians` may be typed for the arrow. */
function simplified(name: string): string {
  return name.toLowerCase().replace(/→|->/, '-');
}

/** A whole number from 1. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number >= 1.');
  return value;
}

/** A seed: a whole number from 0. */
export function seedNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || text.trim() === '')
    throw new InvalidArgumentError('Expected a whole number >= 0.');
  return value;
}

/** Several seeds, separated by commas; in ascending order, so that runs of the same seeds have the same first one. */
export function seedNumbers(text: string): number[] {
  return [...new Set(text.split(',').map(seedNumber))].sort((p, q) => p - q);
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Expected a number > 0.');
  return value;
}
