/** Arrays of float32 as JSON: their bytes, little-endian, in base64, so that every process computes with the same bits. */

/** A float32 array on its way to another process. */
export interface PackedArray {
  float32: string;
}

/** Packs numbers, rounded to float32. */
export function packArray(values: ArrayLike<number>): PackedArray {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) bytes.setFloat32(4 * i, values[i], true);
  return { float32: Buffer.from(bytes.buffer).toString('base64') };
}

/** Unpacks what {@link packArray} packed. */
export function unpackArray({ float32 }: PackedArray): Float32Array {
  const bytes = Buffer.from(float32, 'base64');
  const values = new Float32Array(bytes.length / 4);
  for (let i = 0; i < values.length; i++) values[i] = bytes.readFloatLE(4 * i);
  return values;
}
