/** Bundles a program with Vite, opens the bundle in headless Chrome and returns what it leaves in `globalThis.outcome`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromeFlags, findChrome, isolationHeaders } from '../browser/find-chrome.mjs';

/**
 * @param {string} folder - the project that is bundled
 * @param {string} entry - its program, relative to the folder
 * @returns {Promise<unknown>}
 */
export async function runInPage(folder, entry) {
  const html = `<!doctype html><title>Consumer</title><script type="module" src="/${entry}"></script>\n`;
  writeFileSync(join(folder, 'index.html'), html);
  const shared = { root: folder, configFile: /** @type {const} */ (false), logLevel: /** @type {const} */ ('warn') };
  await build({ ...shared, build: { target: 'es2022' } });
  const server = await preview({ ...shared, preview: { port: 0, headers: isolationHeaders } });
  const browser = await chromium.launch({ executablePath: findChrome(), args: chromeFlags });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    const ready = page.waitForFunction(() => 'outcome' in globalThis, undefined, { timeout: 60_000 });
    await ready.catch((error) => {
      throw new Error([error.message, ...complaints].join('\n'));
    });
    return await page.evaluate(() => Reflect.get(globalThis, 'outcome'));
  } finally {
    await browser.close();
    await server.close();
  }
}
