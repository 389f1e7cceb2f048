import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*'],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.{js,ts}', 'apps/*/src/**/*.{js,ts}'],
      exclude: ['**/generated/**'],
      reporter: ['text-summary', 'html'],
      // Applications are run as a whole by hand and by users; workers and pages are out of this count's sight.
      thresholds: { 'packages/*/src/**': { lines: 90, statements: 90, functions: 85, branches: 85 } },
    },
  },
});
