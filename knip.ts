import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  workspaces: {
    '.': { entry: ['scripts/*/*.mjs'], project: ['scripts/**/*.mjs', '*.{ts,js}'], ignoreBinaries: ['redis-server'] },
    // What the examples of the packages and the guides import is installed here, beside the programs made of them.
    docs: {
      project: ['figures/*.mjs'],
      ignoreDependencies: [/^@brenier\//, /^@tensorflow\//],
    },
    'packages/*': { project: ['{src,test,scripts}/**/*.{ts,mjs}'] },
    // The programs, the threads and processes that they start, and the stub in place of a rival.
    'apps/benchmark': {
      entry: [
        'src/main.ts',
        'src/cell/fill-order.ts',
        'src/bench/{main,ours/main}.ts',
        'src/gaussian/{main,gaussian-cell}.ts',
        'src/images/{main,judge/train-judge}.ts',
        'test/bench/stub-peer.mjs',
        'test/queue/*.redis.ts',
        'vitest.queue.config.ts',
      ],
      project: ['{src,test}/**/*.{ts,mjs}'],
    },
    'apps/*': { project: ['{src,test}/**/*.ts'] },
  },
};

export default config;
