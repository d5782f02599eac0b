import type { Session } from "../../session.ts";
import { copyOut } from "../copy-out.ts";
import { CopyFault } from "../copy-rows.ts";
import type { LineWatch } from "../line-watch.ts";
import { ownFault, type Side } from "../run-failures.ts";

export type HashSource = {
  readonly session: Session;
  readonly side: Side;
  /** A SELECT of the key's columns and then, where rows are compared, one int8. */
  readonly select: string;
  readonly keyColumns: number;
  readonly watch: LineWatch;
  /** A side that had begun to send and says nothing more for so long, in milliseconds, is taken for dead. */
  readonly quietMs: number;
};

/** 11 bytes signature, 4 bytes flags, 4 bytes length of the header's extension (0 so far). */
const headerBytes = 19;

/**
 * Rows of one side, one at a time, as they lie in what the server sent: no value is taken out, nothing is allocated for
 * a row. `step` is for the rows at hand, `next` waits for more.
 */
export class HashRows {
  /** Where the row at hand begins, its key, what follows the key, and where it ends. */
  buffer: Buffer = Buffer.alloc(0);
  keyAt = 0;
  keyEnd = 0;
  end = 0;
  rows = 0;
  bytes = 0;
  readonly #source: HashSource;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #counted: () => number;
  #opened = false;

  constructor(source: HashSource) {
    const reader = copyOut(source.session, source.select, "(format binary)");
    // Whoever reads hears of it; nobody may be reading when the other side fails first.
    reader.on("error", () => {});
    this.#source = source;
    this.#chunks = reader[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#counted = () => reader.rowCount;
  }

  /** Goes on to the next row, if all of it is here. */
  step(): boolean {
    const { buffer } = this;
    let at = this.end;
    if (!this.#opened || at + 2 > buffer.length) return false;
    const fields = buffer.readInt16BE(at);
    if (fields < 0) return false;
    const keyAt = at + 2;
    at = keyAt;
    for (let field = 0; field < fields; field += 1) {
      if (field === this.#source.keyColumns) this.keyEnd = at;
      if (at + 4 > buffer.length) return false;
      at += 4 + Math.max(buffer.readInt32BE(at), 0);
    }
    if (at > buffer.length) return false;
    if (fields === this.#source.keyColumns) this.keyEnd = at;
    this.keyAt = keyAt;
    this.end = at;
    this.rows += 1;
    return true;
  }

  /** Goes on to the next row, waiting for it. False: there is none. */
  async next(): Promise<boolean> {
    while (!this.step()) {
      const chunk = await this.#chunk();
      if (!chunk) return false;
      this.buffer = this.end < this.buffer.length ? Buffer.concat([this.buffer.subarray(this.end), chunk]) : chunk;
      this.end = 0;
      if (this.#opened || this.buffer.length < headerBytes) continue;
      this.#opened = true;
      this.end = headerBytes;
    }
    return true;
  }

  /** Lets the rest pass unseen. */
  async drain(): Promise<void> {
    while (await this.#chunk());
  }

  /** The server's own word on how many rows it sent, after the last one. */
  async counted(): Promise<number> {
    const { session, side } = this.#source;
    await session.execute("select").catch((error: unknown) => {
      throw new CopyFault(side, error);
    });
    return this.#counted();
  }

  async #chunk(): Promise<Buffer | undefined> {
    const { watch, side } = this.#source;
    const result = await this.#inTime().catch((error: unknown) => {
      throw new CopyFault(side, error);
    });
    watch.rowsFlow(result.done !== true);
    if (result.done === true) return undefined;
    this.bytes += result.value.length;
    return result.value;
  }

  /** A query that has not sent its first row yet may take as long as it likes. */
  async #inTime(): Promise<IteratorResult<Buffer>> {
    const { side, quietMs } = this.#source;
    if (this.bytes === 0) return this.#chunks.next();
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(ownFault(side, { code: "line_cut", kind: "temporary" }, {})), quietMs);
    });
    return Promise.race([this.#chunks.next(), silent]).finally(() => clearTimeout(timer));
  }
}
