/** The judge's parameters as a file: the upper halves of float32 (bfloat16), and beside it what is known of them. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { JUDGE_PARAMETER_COUNT } from './judge-shape.js';

/** What the script that trained the judge says of it. */
export interface JudgeRecord {
  /** SHA-256 of the file of parameters, in hexadecimal. */
  sha256: string;
  /** Share of the held-out digits that the parameters in the file name rightly. */
  heldOutAccuracy: number;
  /** Settings of its training. */
  training: Record<string, string | number>;
}

/** A judge as it was read. */
export interface SavedJudge {
  parameters: Float32Array;
  record: JudgeRecord;
}

/** Beside the sources, which the built program shares. */
const FOLDER = new URL('../../../src/images/judge/', import.meta.url);
const WEIGHTS = new URL('digit-judge.bf16', FOLDER);
const RECORD = new URL('digit-judge.json', FOLDER);

/**
 * Reads the judge that comes with this program.
 *
 * @throws Error where the file is not the one that its record speaks of
 */
export async function loadJudge(): Promise<SavedJudge> {
  const record = JSON.parse(await readFile(RECORD, 'utf8')) as JudgeRecord;
  const bytes = await readFile(WEIGHTS);
  if (sha256Of(bytes) !== record.sha256) throw new Error('the parameters of the judge are not those of its record');
  return { parameters: fromHalves(bytes), record };
}

/** Writes a judge in the place of the one that comes with this program. */
export async function saveJudge(bytes: Uint8Array, record: Omit<JudgeRecord, 'sha256'>): Promise<void> {
  await writeFile(WEIGHTS, bytes);
  await writeFile(RECORD, `${JSON.stringify({ sha256: sha256Of(bytes), ...record }, null, 2)}\n`);
}

/** The upper two bytes of every parameter, rounded to nearest, ties to even, little-endian. */
export function toHalves(parameters: Float32Array): Uint8Array {
  const bytes = new Uint8Array(2 * parameters.length);
  const out = new DataView(bytes.buffer);
  const bits = new Uint32Array(parameters.slice().buffer);
  bits.forEach((each, k) => out.setUint16(2 * k, (each + 0x7fff + ((each >>> 16) & 1)) >>> 16, true));
  return bytes;
}

/**
 * What {@link toHalves} wrote.
 *
 * @throws Error where the number of bytes is another
 */
export function fromHalves(bytes: Uint8Array): Float32Array {
  if (bytes.length !== 2 * JUDGE_PARAMETER_COUNT) {
    throw new Error(`the parameters of the judge take ${2 * JUDGE_PARAMETER_COUNT} bytes, got ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = Uint32Array.from({ length: JUDGE_PARAMETER_COUNT }, (_, k) => view.getUint16(2 * k, true) << 16);
  return new Float32Array(bits.buffer);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
