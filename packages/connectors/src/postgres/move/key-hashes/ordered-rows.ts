import { compareKeys, isEmptyKey } from "./compare-keys.ts";
import type { HashRows } from "./hash-rows.ts";
import type { KeyType } from "./key-types.ts";

/** Goes through one side's rows key by key; rows without a key, and further rows of one key, are only counted. */
export class OrderedRows {
  empty = 0;
  repeated = 0;
  /** A key came before the one it follows. */
  unordered = false;
  readonly #rows: HashRows;
  readonly #order: readonly KeyType[];
  #last: Buffer | undefined;
  #lastAt = 0;
  #again = false;

  constructor(rows: HashRows, order: readonly KeyType[]) {
    this.#rows = rows;
    this.#order = order;
  }

  step(): boolean {
    while (this.#rows.step()) if (this.#isNext()) return true;
    return false;
  }

  async next(): Promise<boolean> {
    while (await this.#rows.next()) if (this.#isNext()) return true;
    return false;
  }

  #isNext(): boolean {
    const { buffer, keyAt } = this.#rows;
    if (isEmptyKey(buffer, keyAt, this.#order.length)) {
      this.empty += 1;
      return false;
    }
    const sign = this.#last ? compareKeys(this.#last, this.#lastAt, buffer, keyAt, this.#order) : -1;
    this.#last = buffer;
    this.#lastAt = keyAt;
    if (sign > 0) this.unordered = true;
    if (sign === 0 && !this.#again) this.repeated += 1;
    this.#again = sign === 0;
    return sign !== 0;
  }
}
