/**
 * Tests the queue of the benchmark on a Redis of its own, where a `redis-server` is on the PATH; says so where there is none, which
 * is no failure, unless CI is set.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const version = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });

if (version.status !== 0) {
  console.log('No redis-server on the PATH: the queue was not tested. On Debian: apt-get install redis-server');
  if (process.env.CI) process.exitCode = 1;
} else {
  console.log(`Testing on ${version.stdout.trim().replace(/ malloc.*/, '')}`);
  run('turbo/bin/turbo', {}, 'run', 'build', '--filter=@brenier/benchmark...', '--output-logs=errors-only');
  const folder = mkdtempSync(join(tmpdir(), 'brenier-redis-'));
  const port = await freePort();
  const redis = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder]);
  try {
    const address = { BRENIER_REDIS: `redis://127.0.0.1:${port}` };
    run('vitest/vitest.mjs', address, 'run', '--root=apps/benchmark', '--config=vitest.queue.config.ts');
  } finally {
    redis.kill();
    await once(redis, 'close');
    rmSync(folder, { recursive: true });
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return String(port);
}

/** Sets the exit code of this process where the program fails. */
function run(program, variables, ...rest) {
  const { status, error } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...variables },
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exitCode = status ?? 1;
}
