/** Picks the tests that a browser can run: those that import nothing from Node and no entry `/node`, not even through a file beside them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * @param {string} root - the workspace
 * @param {readonly string[]} packages - names of folders in `packages/`
 * @returns {string[]} paths relative to the workspace
 */
export function portableTests(root, packages) {
  return packages
    .flatMap((name) =>
      readdirSync(join(root, 'packages', name, 'test'), { recursive: true, encoding: 'utf8' }).map(
        (path) => `packages/${name}/test/${path}`,
      ),
    )
    .filter((path) => path.endsWith('.test.ts') && !needsNode(join(root, path)))
    .sort();
}

function needsNode(path, seen = new Set()) {
  if (seen.has(path)) return false;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/(?:from|import|import\()\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
  return imports.some((specifier) => {
    if (specifier.startsWith('node:') || specifier.endsWith('/node')) return true;
    const file = resolve(dirname(path), specifier.replace(/\.js$/, '.ts'));
    return specifier.startsWith('.') && file.endsWith('.ts') && existsSync(file) && needsNode(file, seen);
  });
}
