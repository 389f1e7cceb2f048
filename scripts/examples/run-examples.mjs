/**
 * The gate of the documentation: type-checks every example together against the built packages, then runs each one and
 * compares what its `// =>` comments promise. What a README imports, its install line must name.
 *
 * Usage: `pnpm test:examples [prefix…]`, where a prefix such as `packages/random` picks the files that start with it.
 */
import { fork } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { extractExamples, readmesOf } from './extract-examples.mjs';
import { instrumentExample } from './instrument-example.mjs';
import { missingInstalls } from './missing-installs.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'docs/.cache/examples');
const secondsPerExample = 60;

const started = performance.now();
const prefixes = process.argv.slice(2);
const isAsked = (path) => prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix));
const examples = extractExamples(root)
  .filter(({ source }) => isAsked(source))
  .map((example) => ({ ...example, label: `${example.source}:${example.line}` }));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const failures = [
  ...readmesOf(root)
    .filter(isAsked)
    .flatMap((path) => missingInstalls(root, path)),
  ...typeErrors(writeSources(examples)),
  ...(await runAll(examples.filter((example) => example.runs))),
];
for (const failure of failures) console.error(failure);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`${examples.length} examples in ${seconds} s, ${failures.length} failures`);
process.exit(failures.length > 0 ? 1 : 0);

function fileOf({ label }, extension) {
  return join(folder, label.replace(/[^\w-]+/g, '_') + extension);
}

function writeSources(list) {
  for (const example of list) writeFileSync(fileOf(example, '.ts'), example.code);
  return new Map(list.map((example) => [fileOf(example, '.ts'), example.source]));
}

function typeErrors(sources) {
  const program = ts.createProgram([...sources.keys()], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['node'],
    typeRoots: [join(root, 'docs/node_modules/@types')],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const place = file
      ? `${sources.get(file.fileName)}:${file.getLineAndCharacterOfPosition(start).line + 1}`
      : 'examples';
    return `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

/** Deals the examples to one process per core, each taking the next one as it becomes free. */
async function runAll(list) {
  const failed = [];
  const queue = [];
  for (const example of list) {
    try {
      writeFileSync(fileOf(example, '.js'), instrumentExample(example).code);
      queue.push(example);
    } catch (error) {
      failed.push(error.message);
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, () => drain(queue, failed)));
  return failed;
}

async function drain(queue, failed) {
  while (queue.length > 0) {
    const child = fork(new URL('./run-batch.mjs', import.meta.url), {
      cwd: folder,
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await new Promise((resolve) => {
      let running;
      let timer;
      const next = () => {
        clearTimeout(timer);
        running = queue.shift();
        if (!running) return child.kill();
        timer = setTimeout(() => child.kill(), secondsPerExample * 1000);
        child.send({ label: running.label, url: pathToFileURL(fileOf(running, '.js')).href });
      };
      child.on('message', (message) => {
        failed.push(...(message.failures ?? []));
        next();
      });
      child.on('exit', () => {
        clearTimeout(timer);
        if (running) failed.push(`${running.label}: the process ended, or took over ${secondsPerExample} s`);
        resolve();
      });
    });
  }
}
