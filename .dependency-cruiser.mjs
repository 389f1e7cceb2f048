import { builtinModules } from 'node:module';

/**
 * The layers, bottom first. A package may import packages of lower layers only; those of one layer do not know each other.
 * ARCHITECTURE.md draws the same picture.
 */
const layers = [
  ['errors'],
  ['elementary', 'event-loop'],
  ['random'],
  ['datasets', 'kernels'],
  ['ot-core'],
  ['metrics', 'dynamics'],
  ['samplers', 'nets'],
  ['flows', 'bridges'],
  ['maps', 'gradient-flows', 'adaptation'],
];
const arrayPackages = [
  'errors',
  'elementary',
  'event-loop',
  'random',
  'kernels',
  'datasets',
  'ot-core',
  'metrics',
  'dynamics',
];

/** Node's own modules, as the resolver names them. */
const builtins = `^(node:)?(${builtinModules.join('|')})$`;

const sourceOf = (names) => `^packages/(${names.join('|')})/src/`;

const downwardOnly = layers.flatMap((layer, height) =>
  layer.map((name) => {
    const reachable = [name, ...layers.slice(0, height).flat()];
    return {
      name: `layer-of-${name}`,
      comment: `${name} may import ${reachable.slice(1).join(', ') || 'no other package'}.`,
      severity: 'error',
      from: { path: sourceOf([name]) },
      to: { path: '^(packages|apps|docs)/', pathNot: sourceOf(reachable) },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...downwardOnly,
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file, or hide a third idea.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'array-packages-without-tensors',
      comment: 'Array packages take and give typed arrays; a tensor has no place in them.',
      severity: 'error',
      from: { path: sourceOf(arrayPackages) },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'main-entries-run-anywhere',
      comment: 'A main entry runs unchanged in a page, a worker and Node; what needs Node has an entry of its own.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/(index|tensors|fused|workers|files)\\.ts$' },
      to: { path: builtins, reachable: true },
    },
    {
      name: 'fused-entry-without-tensors',
      comment:
        'Small networks train where TensorFlow.js is not installed, types included; so do the workers beside them.',
      severity: 'error',
      from: { path: '^packages/nets/src/(fused|workers)\\.ts$' },
      to: { path: '@tensorflow/', reachable: true },
    },
    {
      name: 'testing-in-tests-only',
      severity: 'error',
      from: { pathNot: ['^(packages|apps)/[^/]+/test/', '^packages/testing/', '^apps/long-runs/'] },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'entry-points-only',
      comment: 'Another package is what its entry points export; its inside may change without notice.',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/',
        pathNot: [
          '^packages/$2/',
          '^packages/[^/]+/src/(index|node|tensors|fused|workers|convolution|digits|files)\\.ts$',
        ],
      },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@tensorflow/tfjs-node(-gpu)?$' },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'What a package imports at run time stands in its own package.json.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '^packages/testing/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|assembly)/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@brenier/source', 'import', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
