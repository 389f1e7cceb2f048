import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Packages whose results must have the same bits on every engine, so engine-dependent functions are out. */
const arrayPackages = ['errors', 'elementary', 'event-loop', 'random', 'kernels', 'datasets', 'ot-core', 'metrics'];

/** ECMAScript leaves the last bits of these to the engine; sqrt, abs, floor, fround and imul are exact and stay. */
const engineDependentMath = [
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot',
  'log log10 log1p log2 pow sin sinh tan tanh',
].flatMap((line) => line.split(' '));

const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that one idea keeps one name everywhere.',
};
const engineRandomness = [
  { object: 'Math', property: 'random', message: 'Take an Rng as the first argument.' },
  { property: 'randomNormal', message: 'Draw with @brenier/random: tf.random* ignores seed 0.' },
  { property: 'randomUniform', message: 'Draw with @brenier/random: tf.random* ignores seed 0.' },
  { property: 'randomUniformInt', message: 'Draw with @brenier/random: tf.random* ignores seed 0.' },
  { property: 'randomStandardNormal', message: 'Draw with @brenier/random: tf.random* ignores seed 0.' },
  { property: 'randomGamma', message: 'Draw with @brenier/random: tf.random* ignores seed 0.' },
  { property: 'truncatedNormal', message: 'Draw with @brenier/random: tf.random* ignores seed 0.' },
  { object: 'tf', property: 'multinomial', message: 'Draw with @brenier/random: tf.random* ignores seed 0.' },
];

const terminalGlobals = Object.fromEntries(
  ['Buffer', 'URL', 'clearTimeout', 'console', 'performance', 'process', 'setTimeout'].map((name) => [
    name,
    'readonly',
  ]),
);

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      '**/assembly/**',
      '**/coverage/**',
      '**/.cache/**',
      '**/.venv/**',
      'docs/site/**',
    ],
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', 300],
      'no-console': 'error',
      'no-constant-condition': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
      'no-restricted-properties': ['error', ...engineRandomness],
      'no-restricted-syntax': ['error', defaultExport],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': ['error', { destructuring: 'all' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // `array[i]!` states that an index is in range, which strict loops over typed arrays need everywhere.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['packages/*/{src,test}/**/*.ts', 'apps/*/{src,test}/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    },
  },
  {
    // Worker scripts are JavaScript so that every engine loads them as they are; the compiler checks their names.
    files: ['packages/*/src/**/*.js'],
    rules: { 'no-undef': 'off' },
  },
  {
    files: arrayPackages.map((name) => `packages/${name}/src/**/*.ts`),
    rules: {
      'no-restricted-properties': [
        'error',
        ...engineRandomness,
        ...engineDependentMath.map((property) => ({
          object: 'Math',
          property,
          message: `Engines differ in the last bits of Math.${property}: use @brenier/elementary.`,
        })),
      ],
    },
  },
  {
    files: ['packages/*/test/**/*.ts', 'apps/*/test/**/*.ts', 'packages/testing/src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        defaultExport,
        {
          selector:
            'MemberExpression[object.name=/^(describe|it|test|suite)$/][property.name=/^(skip|only|todo|fails)$/]',
          message: 'Every test runs, and every test passes.',
        },
      ],
    },
  },
  {
    files: ['**/*.config.{js,ts}', 'vitest.*.ts', 'knip.ts', '.dependency-cruiser.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // What runs in a terminal may write to it: the gates, the build scripts and the applications.
    files: ['scripts/**', 'packages/*/scripts/**', 'docs/**', 'apps/*/src/**'],
    languageOptions: { globals: terminalGlobals },
    rules: { 'no-console': 'off' },
  },
);
