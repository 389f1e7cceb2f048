/** Holds a README's install lines against what its programs import. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fencesOf } from './extract-examples.mjs';

/**
 * The packages of the workspace that a README's programs import and none of its `npm install` lines names.
 *
 * @param {string} root - the workspace
 * @param {string} path - of the README, relative to it
 * @returns {string[]} one complaint a package
 */
export function missingInstalls(root, path) {
  const installed = readFileSync(join(root, path), 'utf8').match(/^npm install .+$/gm) ?? [];
  const named = new Set(installed.flatMap((line) => line.split(/\s+/)));
  const programs = fencesOf(root, path).map(({ code }) => code);
  const imported = programs.flatMap((code) => [...code.matchAll(/from '(@brenier\/[\w-]+)/g)].map((match) => match[1]));
  return [...new Set(imported)]
    .filter((name) => !named.has(name))
    .map((name) => `${path}: its programs import ${name}, which no line "npm install …" names`);
}
