// CRC-32 as in zlib and PNG (ISO/IEC 13239, polynomial 0xEDB88320 reflected): finds every burst of up to 32 damaged bits.

/**
 * The checksum of some bytes.
 *
 * @param bytes - any number of them
 * @returns a whole number in [0, 2³²); O(bytes)
 *
 * @example
 * ```ts
 * import { crc32 } from '@brenier/nets';
 *
 * crc32(new TextEncoder().encode('123456789')); // => 0xcbf43926
 * ```
 */
export function crc32(bytes: Uint8Array): number {
  const table = Int32Array.from({ length: 256 }, (_, index) => remainder(index));
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}

function remainder(byte: number): number {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  return rest;
}
