import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

/** A script that a worker of Node can load, made of the sources as an application's bundler would. */
export async function bundleWorker(script: URL): Promise<{ url: URL; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'brenier-worker-'));
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@brenier/source'] },
    build: {
      outDir: folder,
      minify: false,
      lib: { entry: fileURLToPath(script), formats: ['es'], fileName: () => 'worker.mjs' },
    },
  });
  return { url: pathToFileURL(join(folder, 'worker.mjs')), remove: () => rm(folder, { recursive: true }) };
}
