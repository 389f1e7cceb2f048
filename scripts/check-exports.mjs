/** Packs every public package and checks what its consumers would import: publint for the manifest, attw for the types. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackages } from './tarballs/pack-packages.mjs';

const folder = mkdtempSync(join(tmpdir(), 'brenier-exports-'));
let failed = 0;
for (const { name, tarball } of packPackages(folder)) {
  for (const [tool, ...args] of [
    ['publint', '--strict', tarball],
    ['attw', '--profile', 'esm-only', '--no-emoji', tarball],
  ]) {
    const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', shell: process.platform === 'win32' });
    if (status === 0) continue;
    failed++;
    console.error(`${name}: ${tool} failed\n${stdout}${stderr}`);
  }
}
rmSync(folder, { recursive: true });
console.log(failed === 0 ? 'publint and attw accept every package' : `${failed} checks failed`);
process.exit(failed === 0 ? 0 : 1);
