/** Packs the public packages as `changeset publish` would: with the workspace's version ranges resolved. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packagesFolder = fileURLToPath(new URL('../../packages/', import.meta.url));

/**
 * @typedef {object} PackedPackage
 * @property {string} name - as published
 * @property {string} folder - where its sources are
 * @property {string} tarball - the file
 */

/**
 * @param {string} destination - an existing folder for the tarballs
 * @returns {PackedPackage[]}
 */
export function packPackages(destination) {
  return readdirSync(packagesFolder)
    .map((entry) => join(packagesFolder, entry))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder, manifest }) => ({
      name: manifest.name,
      folder,
      tarball: pack(folder, destination),
    }));
}

function pack(folder, destination) {
  // Under `pnpm run` the running pnpm names itself here; it may be a script of Node or a binary.
  const self = process.env.npm_execpath ?? 'pnpm';
  const [command, ...first] = /\.[cm]?js$/.test(self) ? [process.execPath, self] : [self];
  const args = [...first, 'pack', '--json', '--pack-destination', destination];
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Packing ${folder} failed\n${stdout}${stderr}`);
  return join(destination, JSON.parse(stdout).filename.split(/[\\/]/).at(-1));
}
