import { describe, expect, it } from 'vitest';
import { parseImageCommand } from '../../src/images/command-line.js';
import { FULL_PROTOCOL, QUICK_PROTOCOL } from '../../src/images/image-settings.js';

/** What the command line makes of some words. */
function parsed(...words: string[]) {
  return parseImageCommand(['node', 'main.js', ...words]);
}

describe('parseImageCommand', () => {
  it('trains every method by the full protocol where nothing is asked for', () => {
    expect(parsed().settings).toMatchObject({ ...FULL_PROTOCOL, methods: ['CFM', 'OT-CFM', 'DSBM-IMF'] });
  });

  it('leaves with --quick what was given, and shortens the rest', () => {
    const { settings } = parsed('--quick', '--steps', '7', '--channels', '8,8');
    expect(settings).toMatchObject({ ...QUICK_PROTOCOL, steps: 7, channels: [8, 8] });
  });

  it('takes methods in any case and puts them in the order of the table', () => {
    expect(parsed('--methods', 'dsbm-imf,cfm').settings.methods).toEqual(['CFM', 'DSBM-IMF']);
  });
});
