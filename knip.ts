import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  workspaces: {
    '.': { entry: ['scripts/*/*.mjs'], project: ['scripts/**/*.mjs', '*.{ts,js}'] },
    // What the examples of the packages and the guides import is installed here, beside the programs made of them.
    docs: {
      project: ['figures/*.mjs'],
      ignoreDependencies: [/^@brenier\//, /^@tensorflow\//],
    },
    'packages/*': { project: ['{src,test,scripts}/**/*.{ts,mjs}'] },
    // The report reads the versions of these from their installed manifests.
    'apps/benchmark': {
      project: ['{src,test}/**/*.ts'],
      ignoreDependencies: ['@brenier/kernels', '@brenier/ot-core'],
    },
    'apps/*': { project: ['{src,test}/**/*.ts'] },
  },
};

export default config;
