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
    // The report reads the version of ot-core from its installed manifest.
    'apps/benchmark': { project: ['{src,test}/**/*.ts'], ignoreDependencies: ['@brenier/ot-core'] },
    'apps/*': { project: ['{src,test}/**/*.ts'] },
  },
};

export default config;
