import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

/** A script for a worker or a process of Node, made of the sources, which Node alone could not load. */
export async function bundleScript(script: URL): Promise<{ url: URL; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'brenier-script-'));
  const resolve = { conditions: ['@brenier/source'] };
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, resolve },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { input: fileURLToPath(script), output: { entryFileNames: 'script.mjs' } },
    },
  });
  return { url: pathToFileURL(join(folder, 'script.mjs')), remove: () => rm(folder, { recursive: true }) };
}
