/**
 * Finds the programs of the documentation: the ts fences of every `@example` block, of every README and of every guide.
 *
 * A program keeps the line numbers of the file it comes from (blank lines stand for everything else), so what the compiler
 * or the engine says about it points into the documentation. The fences of one guide continue each other and form one
 * program; any other fence is a program of its own. A fence opened with `ts no-run` is only type-checked.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * @typedef {object} Example
 * @property {string} source - the file it stands in, relative to the workspace
 * @property {number} line - the line of its fence, counted from 1
 * @property {string} code - the program, padded so that its line numbers are the file's
 * @property {boolean} runs - whether it is run, or only type-checked
 */

/**
 * @param {string} root - the workspace
 * @returns {Example[]}
 */
export function extractExamples(root) {
  const packages = publicPackages(root);
  return [
    ...packages
      .flatMap((name) => filesBelow(root, `packages/${name}/src`, '.ts'))
      .flatMap((path) => examplesOfSource(root, path)),
    ...readmesOf(root).flatMap((path) => fencesOf(root, path)),
    ...filesBelow(root, 'docs/guides', '.md').flatMap((path) => programsOfGuide(root, path)),
  ];
}

/**
 * The README of the workspace, and those of its public packages.
 *
 * @param {string} root
 * @returns {string[]} paths relative to the workspace
 */
export function readmesOf(root) {
  return ['README.md', ...publicPackages(root).map((name) => `packages/${name}/README.md`)];
}

function publicPackages(root) {
  return readdirSync(join(root, 'packages')).filter((name) => name !== 'testing');
}

/**
 * The fences of one Markdown file, each a program.
 *
 * @param {string} root
 * @param {string} path
 * @returns {Example[]}
 */
export function fencesOf(root, path) {
  return fencesIn(linesOf(root, path)).map((fence) => asExample(path, [fence]));
}

function examplesOfSource(root, path) {
  let inExample = false;
  const lines = linesOf(root, path).map((line) => {
    const comment = /^\s*\*(?: (.*)|)$/.exec(line);
    if (!comment || /^\s*\*\//.test(line)) inExample = false;
    const text = comment?.[1] ?? '';
    if (/^@\w+/.test(text)) inExample = text.startsWith('@example');
    return inExample ? text : '';
  });
  return fencesIn(lines).map((fence) => asExample(path, [fence]));
}

function programsOfGuide(root, path) {
  const fences = fencesIn(linesOf(root, path));
  const running = fences.filter((fence) => fence.runs);
  const still = fences.filter((fence) => !fence.runs).map((fence) => asExample(path, [fence]));
  return running.length > 0 ? [asExample(path, running), ...still] : still;
}

function fencesIn(lines) {
  const fences = [];
  let open;
  lines.forEach((text, index) => {
    const opening = /^```(?:ts|typescript)\b(?: (.*))?$/.exec(text);
    if (open && text.startsWith('```')) {
      fences.push(open);
      open = undefined;
    } else if (open) {
      open.lines.push(text);
    } else if (opening) {
      if (opening[1] && opening[1] !== 'no-run') throw new Error(`A fence is "ts" or "ts no-run", got "${text}"`);
      open = { line: index + 1, lines: [], runs: opening[1] !== 'no-run' };
    }
  });
  if (open) throw new Error(`The fence of line ${open.line} is never closed`);
  return fences;
}

function asExample(source, fences) {
  const padded = [];
  for (const { line, lines } of fences) {
    while (padded.length < line) padded.push('');
    padded.push(...lines);
  }
  return { source, line: fences[0].line, code: `${padded.join('\n')}\n`, runs: fences[0].runs };
}

function filesBelow(root, folder, extension) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function linesOf(root, path) {
  return readFileSync(join(root, path), 'utf8').split(/\r?\n/);
}
