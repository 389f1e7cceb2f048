/** What is held of a batch at a time: enough for every thread, and a bound on memory. */
const slabBytes = 64 * 1024 * 1024;

/** Cuts a batch into slabs of images by the bytes of one image alone, so that sums over slabs have the same bits everywhere. */
export function* slabs(images: number, bytesPerImage: number): Generator<{ first: number; count: number }> {
  const size = Math.max(8, Math.floor(slabBytes / bytesPerImage));
  for (let first = 0; first < images; first += size) yield { first, count: Math.min(size, images - first) };
}
