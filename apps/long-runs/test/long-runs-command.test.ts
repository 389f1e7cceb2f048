import { expect, it } from 'vitest';
import { longRunsCommand } from '../src/long-runs-command.js';

const DEFAULTS = [
  { problems: 20_000, seed: 0 },
  { points: 100_000, every: 2000, weights: 'equal' },
];

/** What a command line asks for, and what it says of the end; `fails` is the action that finds something wrong. */
async function carryOut(args: string[], fails = ''): Promise<{ asked: unknown[]; isWell?: boolean; said: string }> {
  const asked: unknown[] = [];
  let isWell: boolean | undefined;
  let said = '';
  const record = (name: string) => (given: unknown) => {
    asked.push([name, given]);
    return name !== fails;
  };
  const actions = {
    runEach: record('runEach'),
    runHere: (name: string) => Promise.resolve(record('runHere')(name)),
    compareExactProblems: record('compareExactProblems'),
    stopExactSolve: (options: unknown) => Promise.resolve(record('stopExactSolve')(options)),
  };
  const program = longRunsCommand(['train', 'sample'], actions, (end) => (isWell = end)).exitOverride();
  for (const each of [program, ...program.commands]) {
    each.exitOverride().configureOutput({ writeOut: (text) => (said += text), writeErr: (text) => (said += text) });
  }
  await program.parseAsync(args, { from: 'user' }).catch(() => undefined);
  return { asked, isWell, said };
}

it('does everything where nothing is named, and tells of a failure of any part', async () => {
  const asked = [
    ['runEach', ['train', 'sample']],
    ['compareExactProblems', DEFAULTS[0]],
    ['stopExactSolve', DEFAULTS[1]],
  ];
  expect(await carryOut([])).toMatchObject({ asked, isWell: true });
  for (const [name] of asked) expect(await carryOut([], name as string)).toMatchObject({ asked, isWell: false });
});

it('runs what is named, in processes of their own and in this one', async () => {
  expect(await carryOut(['sample'])).toMatchObject({ asked: [['runEach', ['sample']]], isWell: true });
  expect(await carryOut(['--in-this-process', 'sample'])).toMatchObject({ asked: [['runHere', 'sample']] });
});

it('reads the options of both commands', async () => {
  const compared = await carryOut(['exact-problems', '--problems', '3', '--seed', '7'], 'compareExactProblems');
  expect(compared).toMatchObject({ asked: [['compareExactProblems', { problems: 3, seed: 7 }]], isWell: false });
  const stopped = await carryOut(['stopped-exact', '--points', '9', '--every', '5', '--weights', 'general']);
  const options = { points: 9, every: 5, weights: 'general' };
  expect(stopped).toMatchObject({ asked: [['stopExactSolve', options]], isWell: true });
});

it.each([
  [['swim'], 'Allowed choices are train, sample'],
  [['exact-problems', '--seed', '-1'], 'Expected a whole number'],
  [['exact-problems', '--problems', 'many'], 'Expected a whole number'],
  [['stopped-exact', '--weights', 'some'], 'Allowed choices are equal, general'],
  [['stopped-exact', '--points', '1.5'], 'Expected a whole number'],
  [['--help'], 'exact-problems [options]'],
])('%j runs nothing and says %s', async (args, message) => {
  const { asked, said } = await carryOut(args);
  expect(asked).toEqual([]);
  expect(said).toContain(message);
});
