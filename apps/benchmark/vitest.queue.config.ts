import { defineConfig } from 'vitest/config';

/** The tests that need a Redis, whose address `run test:queue` puts into BRENIER_REDIS. */
export default defineConfig({
  resolve: { conditions: ['@brenier/source'] },
  ssr: { resolve: { conditions: ['@brenier/source'] } },
  test: { name: 'queue', include: ['test/queue/**/*.redis.ts'], testTimeout: 240_000, hookTimeout: 240_000 },
});
