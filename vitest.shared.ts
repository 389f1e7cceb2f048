import { defineProject } from 'vitest/config';

/** The test settings that every package shares: siblings resolve to their sources, not to their builds. */
export function packageTests(name: string) {
  return defineProject({
    resolve: { conditions: ['@brenier/source'] },
    ssr: { resolve: { conditions: ['@brenier/source'] } },
    test: { name, include: ['test/**/*.test.ts'], testTimeout: 60_000 },
  });
}
