import type { KnipConfig } from 'knip';

/** The imports of the ts fences of a Markdown page: a guide uses a package as a program does. */
const importsOfFences = (page: string) =>
  [...page.matchAll(/^```ts.*\n([\s\S]*?)^```/gm)]
    .flatMap(([, code = '']) => code.match(/^import [\s\S]*?;$/gm) ?? [])
    .join('\n');

const config: KnipConfig = {
  compilers: { md: importsOfFences },
  workspaces: {
    '.': { entry: ['scripts/*.mjs'], project: ['scripts/**/*.mjs', '*.ts', '*.js', '*.mjs'] },
    docs: { entry: ['guides/*.md', '*.md', 'figures/*.mjs'], project: ['**/*.{md,mjs}'] },
    'packages/*': { project: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.mjs'] },
    'apps/*': { project: ['src/**/*.ts', 'test/**/*.ts'] },
  },
};

export default config;
