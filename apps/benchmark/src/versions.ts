/** The versions of what computes the numbers. */
import { createRequire } from 'node:module';

const PACKAGES = [
  '@brenier/bridges',
  '@brenier/datasets',
  '@brenier/flows',
  '@brenier/kernels',
  '@brenier/metrics',
  '@brenier/nets',
  '@brenier/ot-core',
  '@brenier/random',
  '@brenier/samplers',
] as const;

/** Package name → version, read from what is installed. */
export function describeVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  return Object.fromEntries(
    PACKAGES.map((name) => [name, (require(`${name}/package.json`) as { version: string }).version]),
  );
}
