/** Whether this machine keeps the low byte of a number first, as do all that run JavaScript today. */
export function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
