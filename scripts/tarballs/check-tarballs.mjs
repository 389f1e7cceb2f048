/**
 * The gate of the artefact: what npm installs must run. ot-core and what it needs are installed in one empty folder, all
 * packages and their optional peers in another; every README's example runs there, and that of ot-core also in a bundled page, where
 * each number must have the bits it has in Node.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fencesOf } from '../examples/extract-examples.mjs';
import { instrumentExample } from '../examples/instrument-example.mjs';
import { installTarballs } from './install-tarballs.mjs';
import { packPackages } from './pack-packages.mjs';
import { runInPage } from './run-in-page.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const peers = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-core', 'mnist'];
const failures = [];

const tarballFolder = mkdtempSync(join(tmpdir(), 'brenier-tarballs-'));
const packed = packPackages(tarballFolder);
const core = closureOf('@brenier/ot-core');
await inConsumer(core, [], async (consumer) => {
  const readme = prepare(consumer.folder, core[0]);
  const inNode = check(JSON.parse(consumer.run(readme)));
  const inPage = check(await runInPage(consumer.folder, readme));
  if (inNode.length === 0) failures.push('The README of ot-core states no value, so nothing was compared');
  if (inNode !== inPage) failures.push(`The page's numbers differ from Node's\nNode: ${inNode}\npage: ${inPage}`);
});
await inConsumer(packed, peers.map(atCatalogVersion), async (consumer) => {
  for (const entry of packed) check(JSON.parse(consumer.run(prepare(consumer.folder, entry))));
});
rmSync(tarballFolder, { recursive: true });

for (const failure of failures) console.error(failure);
console.log(`${packed.length} packages installed from tarballs and run, ${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);

async function inConsumer(entries, published, use) {
  const consumer = installTarballs([...entries.map((entry) => entry.tarball), ...published]);
  await use(consumer);
  rmSync(dirname(consumer.folder), { recursive: true });
}

/** Writes the examples of a README as one program that prints, and leaves to a page, the bits of every stated value. */
function prepare(folder, { name, folder: sources }) {
  for (const file of ['../examples/expectations.mjs', './number-bits.mjs']) {
    copyFileSync(new URL(file, import.meta.url), join(folder, file.split('/').at(-1)));
  }
  const stem = name.split('/')[1];
  const examples = fencesOf(root, join(relative(root, sources), 'README.md')).filter((example) => example.runs);
  if (examples.length === 0) failures.push(`The README of ${name} has no example that runs`);
  const imports = examples.map((example, index) => {
    const file = `${stem}-${index}.mjs`;
    writeFileSync(join(folder, file), instrumentExample(example).code);
    return `await import('./${file}');`;
  });
  writeFileSync(
    join(folder, `${stem}.mjs`),
    `import { installExpectations } from './expectations.mjs';
import { numberBits } from './number-bits.mjs';

const values = [];
const print = console.log;
console.log = () => {};
const failures = installExpectations((place, value) => values.push([place, numberBits(value)]));
${imports.join('\n')}
globalThis.outcome = { values, failures };
if (typeof document === 'undefined') print(JSON.stringify(globalThis.outcome));
`,
  );
  return `${stem}.mjs`;
}

function check(outcome) {
  failures.push(...outcome.failures);
  return outcome.values.length === 0 ? '' : JSON.stringify(outcome.values);
}

/** A package and all of the workspace that it depends on, itself first. */
function closureOf(name, found = new Map()) {
  if (found.has(name)) return [];
  const entry = packed.find((candidate) => candidate.name === name);
  found.set(name, entry);
  const { dependencies = {} } = JSON.parse(readFileSync(join(entry.folder, 'package.json'), 'utf8'));
  Object.keys(dependencies)
    .filter((dependency) => dependency.startsWith('@brenier/'))
    .forEach((dependency) => closureOf(dependency, found));
  return [...found.values()];
}

function atCatalogVersion(name) {
  const line = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').match(new RegExp(`${name}['"]?: (.+)`));
  return `${name}@${line[1]}`;
}
