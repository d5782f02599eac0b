import type { Fingerprint } from "./fingerprint.ts";

/** What is different about a key: it is new at the source, its row differs, or the source has it no more. */
export type Difference = "new" | "changed" | "gone";

/** Where in which bytes a key lies. */
export type KeyAtHand = { readonly buffer: Buffer; readonly keyAt: number; readonly keyEnd: number };

const blockBytes = 1 << 20;

/**
 * Keys that differ, kept as PostgreSQL's binary rows (the key's columns, its mark as int8, whether it is gone), so that
 * one COPY takes them as they are: about 40 bytes for a number.
 */
export class Differences {
  readonly counts: Record<Difference, number> = { new: 0, changed: 0, gone: 0 };
  readonly keyColumns: number;
  /** Of what is kept in all. */
  bytes = 0;
  readonly #blocks: Buffer[] = [];
  #used = blockBytes;

  constructor(keyColumns: number) {
    this.keyColumns = keyColumns;
  }

  get total(): number {
    return this.counts.new + this.counts.changed + this.counts.gone;
  }

  /** Keeps the key of the row at hand, marked as the fingerprint it was just added to says. */
  add(difference: Difference, { buffer, keyAt, keyEnd }: KeyAtHand, { high, low }: Fingerprint): void {
    const size = 2 + (keyEnd - keyAt) + 4 + 8 + 4 + 1;
    const block = this.#room(size);
    let at = block.writeInt16BE(this.keyColumns + 2, this.#used);
    at += buffer.copy(block, at, keyAt, keyEnd);
    at = block.writeInt32BE(8, at);
    at = block.writeUInt32BE(high, at);
    at = block.writeUInt32BE(low, at);
    at = block.writeInt32BE(1, at);
    this.#used = block.writeUInt8(difference === "gone" ? 1 : 0, at);
    this.bytes += size;
    this.counts[difference] += 1;
  }

  /** COPY data of all of them. */
  *copyData(): Generator<Buffer> {
    yield Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
    yield* this.#filled();
    yield Buffer.from([0xff, 0xff]);
  }

  /** The keys whose rows the source has to send, column by column, a batch at a time. */
  *wanted(batchKeys: number): Generator<Buffer[][]> {
    let columns: Buffer[][] = this.#columns();
    for (const block of this.#filled()) {
      for (let at = 0; at < block.length;) {
        const values: Buffer[] = [];
        at += 2;
        for (let column = 0; column < this.keyColumns; column += 1) {
          const length = block.readInt32BE(at);
          values.push(block.subarray(at, at + 4 + length));
          at += 4 + length;
        }
        at += 4 + 8 + 4 + 1;
        if (block[at - 1] === 1) continue;
        for (const [place, value] of values.entries()) columns[place]?.push(value);
        if ((columns[0]?.length ?? 0) < batchKeys) continue;
        yield columns;
        columns = this.#columns();
      }
    }
    if ((columns[0]?.length ?? 0) > 0) yield columns;
  }

  #columns(): Buffer[][] {
    return Array.from({ length: this.keyColumns }, () => []);
  }

  #filled(): Buffer[] {
    return this.#blocks.map((block, place) =>
      place === this.#blocks.length - 1 ? block.subarray(0, this.#used) : block,
    );
  }

  #room(size: number): Buffer {
    const last = this.#blocks.at(-1);
    if (last && this.#used + size <= last.length) return last;
    if (last) this.#blocks[this.#blocks.length - 1] = last.subarray(0, this.#used);
    const block = Buffer.alloc(Math.max(blockBytes, size));
    this.#blocks.push(block);
    this.#used = 0;
    return block;
  }
}
