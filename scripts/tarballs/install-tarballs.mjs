/** Installs tarballs as a stranger would: npm alone, in an empty folder outside the workspace, with an empty home. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * @param {readonly string[]} specifiers - tarballs and names of published packages
 * @returns {{ folder: string, run: (file: string) => string }} the folder, and what a program in it prints
 */
export function installTarballs(specifiers) {
  const home = mkdtempSync(join(tmpdir(), 'brenier-consumer-'));
  const folder = join(home, 'project');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  const env = bareEnvironment(home);
  execFileSync(join(home, 'bin/npm'), ['install', '--no-audit', '--no-fund', '--loglevel=error', ...specifiers], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    folder,
    run: (file) => execFileSync(process.execPath, [file], { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 28 }),
  };
}

/** Node, npm and a shell on the path, and nothing else: no compiler, no package manager of this workspace, no settings. */
function bareEnvironment(home) {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const name of ['npm', 'sh']) symlinkSync(realpathSync(onPath(name)), join(bin, name));
  symlinkSync(process.execPath, join(bin, 'node'));
  const registry = process.env.npm_config_registry;
  return {
    HOME: home,
    PATH: bin,
    npm_config_cache: join(home, 'cache'),
    npm_config_update_notifier: 'false',
    ...(registry && { npm_config_registry: registry }),
  };
}

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      return realpathSync(join(folder, name));
    } catch {
      continue;
    }
  }
  throw new Error(`"${name}" is not on the PATH`);
}
