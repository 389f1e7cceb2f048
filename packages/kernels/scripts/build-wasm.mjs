/**
 * Compiles `assembly/index.ts` into four binaries and writes each as a TypeScript module that holds it in base64.
 *
 * Two choices make the four: relaxed SIMD (fused multiply-add) or not, shared memory (threads) or not. All four come
 * from the same sources. A module is left alone while its inputs (every file under `assembly`, this script, the
 * compiler's version) are the same, and is replaced by a rename, so that a reader never meets half a file.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const outputFolder = path.join(root, 'src/generated');

// Shared memory has to declare its largest size: 65,536 pages are the 4 GiB that a 32-bit module can address.
const threads = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'];
const relaxed = ['--enable', 'relaxed-simd'];
const variants = {
  plain: [],
  relaxed,
  'plain-threads': threads,
  'relaxed-threads': [...relaxed, ...threads],
};

const hash = await hashInputs();
await mkdir(outputFolder, { recursive: true });
for (const [name, flags] of Object.entries(variants)) await build(name, flags);

async function build(name, flags) {
  const target = path.join(outputFolder, `${name}.ts`);
  const stamp = `// inputs ${hash}`;
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current.startsWith(stamp)) return;
  const bytes = await compile(name, flags);
  const text = `${stamp}\nexport const binary: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
  await replaceFile(target, text);
  process.stdout.write(`${name}: ${bytes.length} bytes\n`);
}

async function compile(name, flags) {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      'assembly/index.ts',
      '--outFile',
      `${name}.wasm`,
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      '--noExportMemory',
      '--memoryBase',
      '1024',
      '--enable',
      'simd',
      ...flags,
    ],
    {
      readFile: (filename, baseDir) => readFile(path.resolve(root, baseDir, filename), 'utf8').catch(() => null),
      writeFile: (filename, contents) => {
        if (filename.endsWith('.wasm')) bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !bytes) throw new Error(`The ${name} kernels do not compile.\n${stderr.toString()}`, { cause: error });
  return bytes;
}

async function replaceFile(target, text) {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function hashInputs() {
  const digest = createHash('sha256').update(asc.version);
  digest.update(await readFile(fileURLToPath(import.meta.url)));
  const entries = await readdir(path.join(root, 'assembly'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath ?? each.path, each.name));
  for (const file of files.sort()) {
    digest.update(`\0${path.relative(root, file).split(path.sep).join('/')}\0`);
    digest.update(await readFile(file));
  }
  return digest.digest('hex');
}
