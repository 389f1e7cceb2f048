// Least-significant-digit radix sort of floats (Friend 1956; the bit trick of Herf 2001): flipping the sign bit of
// positive numbers and all bits of negative ones makes the order of floats the order of unsigned integers. Stable,
// O(passes · count); −0 sorts before +0, and NaN with a clear sign bit last. All histograms are made in one sweep, and
// a digit that all keys share costs no pass.

// Digits of 11 bits: 6 passes for float64, 3 for float32. Short arrays take 8 bits, whose histograms are quicker to
// clear.
const WIDE_DIGIT: u32 = 11;
const NARROW_DIGIT: u32 = 8;
const SHORTEST_WIDE: i32 = 2048;

/** Bytes of the histograms at the start of `scratch`; keys (`size` bytes each) and payload (4 bytes each) follow. */
export function radixSortScratch(count: i32, size: i32): i32 {
  return 6 * 2048 * 4 + count * (size + 4) + 8;
}

/** Sorts float64 keys in place, ascending, and carries the int32 `payload` along (offset 0: none). */
export function radixSort64(keys: usize, payload: usize, count: i32, scratch: usize): void {
  sort<u64>(keys, payload, count, scratch);
}

/** The same for float32 keys. */
export function radixSort32(keys: usize, payload: usize, count: i32, scratch: usize): void {
  sort<u32>(keys, payload, count, scratch);
}

function sort<T>(keys: usize, payload: usize, count: i32, scratch: usize): void {
  if (count < 2) return;
  const digit = count < SHORTEST_WIDE ? NARROW_DIGIT : WIDE_DIGIT;
  const bits = <u32>sizeof<T>() << 3;
  const buckets = <usize>1 << digit;
  const passes = (bits + digit - 1) / digit;
  memory.fill(scratch, 0, (<usize>passes << digit) << 2);
  flipAndCount<T>(keys, count, scratch, digit, passes);

  let from = keys;
  let fromPayload = payload;
  let to = scratch + 6 * 2048 * 4;
  let toPayload = to + <usize>count * sizeof<T>();
  for (let pass: u32 = 0; pass < passes; pass++) {
    const histogram = scratch + ((<usize>pass << digit) << 2);
    if (!startsOfBuckets(histogram, buckets, count)) continue;
    scatter<T>(from, fromPayload, to, toPayload, count, histogram, pass * digit, <T>(buckets - 1));
    let swap = from;
    from = to;
    to = swap;
    swap = fromPayload;
    fromPayload = payload ? toPayload : 0;
    toPayload = swap;
  }
  for (let i: usize = 0; i < <usize>count; i++) {
    store<T>(keys + i * sizeof<T>(), unflip<T>(load<T>(from + i * sizeof<T>())));
  }
  if (fromPayload != payload) memory.copy(payload, fromPayload, <usize>count << 2);
}

function flipAndCount<T>(keys: usize, count: i32, histograms: usize, digit: u32, passes: u32): void {
  const mask = <T>((1 << digit) - 1);
  for (let i: usize = 0; i < <usize>count; i++) {
    const at = keys + i * sizeof<T>();
    const key = flip<T>(load<T>(at));
    store<T>(at, key);
    let rest = key;
    for (let pass: u32 = 0; pass < passes; pass++, rest >>= <T>digit) {
      const bucket = histograms + (((<usize>pass << digit) + <usize>(rest & mask)) << 2);
      store<u32>(bucket, load<u32>(bucket) + 1);
    }
  }
}

// @ts-ignore: decorator
@inline
function flip<T>(key: T): T {
  const top = <T>(sizeof<T>() * 8 - 1);
  return key ^ (key >> top ? ~(<T>0) : <T>1 << top);
}

// @ts-ignore: decorator
@inline
function unflip<T>(key: T): T {
  const top = <T>(sizeof<T>() * 8 - 1);
  return key ^ (key >> top ? <T>1 << top : ~(<T>0));
}

/** Turns counts into the place of each bucket's first key; false where one bucket holds every key. */
function startsOfBuckets(histogram: usize, buckets: usize, count: i32): bool {
  let start: u32 = 0;
  for (let i: usize = 0; i < buckets; i++) {
    const size = load<u32>(histogram + (i << 2));
    if (size == <u32>count) return false;
    store<u32>(histogram + (i << 2), start);
    start += size;
  }
  return true;
}

function scatter<T>(
  from: usize,
  fromPayload: usize,
  to: usize,
  toPayload: usize,
  count: i32,
  starts: usize,
  shift: u32,
  mask: T,
): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const key = load<T>(from + i * sizeof<T>());
    const bucket = starts + (<usize>((key >> <T>shift) & mask) << 2);
    const place = <usize>load<u32>(bucket);
    store<u32>(bucket, <u32>place + 1);
    store<T>(to + place * sizeof<T>(), key);
    if (fromPayload) store<i32>(toPayload + (place << 2), load<i32>(fromPayload + (i << 2)));
  }
}
