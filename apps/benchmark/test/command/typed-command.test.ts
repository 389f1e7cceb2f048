import { expect, test } from 'vitest';
import { typedCommand } from '../../src/command/typed-command.js';

test.each([
  ['', 'pnpm start'],
  ['--steps 100', 'pnpm start --steps 100'],
  ['reproduce --methods OT-CFM,CFM --quick', 'pnpm reproduce --methods OT-CFM,CFM --quick'],
  ['reproduce --out /home/somebody/run --seeds 1', 'pnpm reproduce --seeds 1'],
  ['reproduce --out=/home/somebody/run --resume --json', 'pnpm reproduce'],
  ['reproduce --queue redis://somewhere:6379 --sweep', 'pnpm reproduce --sweep'],
])('of %j a report prints %j', (typed, printed) => {
  const words = typed === '' ? [] : typed.split(' ');
  expect(typedCommand(['node', 'main.js', ...words])).toBe(printed);
});
