import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromeFlags, findChrome, isolationHeaders } from './scripts/browser/find-chrome.mjs';
import { portableTests } from './scripts/browser/portable-tests.mjs';

/** The packages that promise the same results in a page as in Node. */
const arrayPackages = ['errors', 'elementary', 'event-loop', 'random', 'kernels', 'datasets', 'ot-core', 'metrics'];

export default defineConfig({
  resolve: { conditions: ['@brenier/source'] },
  server: { headers: isolationHeaders },
  test: {
    name: 'browser',
    include: portableTests(import.meta.dirname, arrayPackages),
    testTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: findChrome(), args: chromeFlags } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
