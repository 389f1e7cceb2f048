/**
 * Runs the tests of tensors on TensorFlow's own C library, where the package that brings it is installed; says so where it is
 * not, which is no failure.
 *
 * Usage: node test-native-engine.mjs [tfjs-node | tfjs-node-gpu]
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const engines = ['tfjs-node', 'tfjs-node-gpu'];
const engine = process.argv[2] ?? engines[0];
if (!engines.includes(engine)) throw new RangeError(`expected one of ${engines.join(', ')}, got ${engine}`);
const installed = manifestOf(`@tensorflow/${engine}`);

if (installed === undefined) {
  const add = `npx -y pnpm@12.21.0 add -w @tensorflow/${engine}@4.22.0 --allow-build=@tensorflow/${engine}`;
  console.log(`${engine} is not installed: nothing was tested. To add it: ${add}`);
} else {
  console.log(`Testing on ${engine} ${installed.version}, Node ${process.version}.`);
  run('turbo/bin/turbo', 'run', 'build', '--filter=@brenier/nets...', '--output-logs=errors-only');
  const tensorTests = ['packages/nets/test', 'packages/samplers/test/tensors'];
  run('vitest/vitest.mjs', 'run', '--project=nets', '--project=samplers', ...tensorTests);
}

/** As `chooseEngine` would find it: from the package whose source asks. */
function manifestOf(name) {
  try {
    return createRequire(join(root, 'packages/nets/src/engine/engine.ts'))(`${name}/package.json`);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Ends this process too where the program fails. */
function run(program, ...rest) {
  const { status, error } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...rest], {
    cwd: root,
    stdio: 'inherit',
    // The library greets on stderr with every start; 2 leaves its warnings and errors.
    env: { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env, BRENIER_ENGINE: engine, TURBO_TELEMETRY_DISABLED: '1' },
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
