import { compareKeys } from "./compare-keys.ts";
import { Differences } from "./differences.ts";
import { Fingerprint } from "./fingerprint.ts";
import type { HashRows } from "./hash-rows.ts";
import type { KeyType } from "./key-types.ts";
import { OrderedRows } from "./ordered-rows.ts";

export type Compared = {
  readonly differences: Differences;
  /** Of all the source's keys. */
  readonly keys: Fingerprint;
  /** Rows of the source without a key, and keys it has more than once. */
  readonly faults: { readonly empty: number; readonly repeated: number };
};

export type CompareOrder = {
  readonly source: HashRows;
  readonly destination: HashRows;
  readonly order: readonly KeyType[];
  /** Whether so many differences are too many to be worth going after one by one. */
  readonly tooMany: (differences: Differences) => boolean;
  /** Called now and then. */
  readonly onRows: () => void;
};

/**
 * Walks both sides in the order of their keys and keeps what differs. Undefined where that is too much, or where a
 * server sorts otherwise than by bytes; both streams have ended either way.
 */
export async function compareSides(order: CompareOrder): Promise<Compared | undefined> {
  const { source, destination } = order;
  const found = await walk(order);
  if (!found) await Promise.all([source.drain(), destination.drain()]);
  return found;
}

async function walk({ source, destination, order, tooMany, onRows }: CompareOrder): Promise<Compared | undefined> {
  const differences = new Differences(order.length);
  const [keys, gone] = [new Fingerprint(), new Fingerprint()];
  const [from, to] = [new OrderedRows(source, order), new OrderedRows(destination, order)];
  let here = await from.next();
  let there = await to.next();
  for (let rows = 0; here || there; rows += 1) {
    if (from.unordered || to.unordered) return undefined;
    const sign =
      here && there
        ? compareKeys(source.buffer, source.keyAt, destination.buffer, destination.keyAt, order)
        : here
          ? -1
          : 1;
    const before = differences.total;
    if (sign > 0) {
      gone.add(destination.buffer, destination.keyAt, destination.keyEnd);
      differences.add("gone", destination, gone);
    } else {
      keys.add(source.buffer, source.keyAt, source.keyEnd);
      if (sign < 0) differences.add("new", source, keys);
      else if (differ(source, destination)) differences.add("changed", source, keys);
    }
    if (differences.total > before && tooMany(differences)) return undefined;
    if (rows % 1024 === 0) onRows();
    if (sign <= 0) here = from.step() || (await from.next());
    if (sign >= 0) there = to.step() || (await to.next());
  }
  onRows();
  if (from.unordered || to.unordered || to.repeated > 0) return undefined;
  return { differences, keys, faults: from };
}

/** Whether the hashes after two equal keys differ. */
function differ(one: HashRows, other: HashRows): boolean {
  const [a, b] = [one.keyEnd + 4, other.keyEnd + 4];
  return (
    one.buffer.readInt32BE(a) !== other.buffer.readInt32BE(b) ||
    one.buffer.readInt32BE(a + 4) !== other.buffer.readInt32BE(b + 4)
  );
}
