import type { PostgresTarget, ReceiverTarget } from "@headgate/core";
import { readReceiver, readTarget, recordUnreadable, SecretUnreadableError, type Store } from "@headgate/store";

/** The stored password of one side cannot be decrypted; only this flow's connection needs attention (R23). */
export class SecretMissing extends Error {
  readonly side: "source" | "destination";

  constructor(side: "source" | "destination") {
    super(`The stored secret of the ${side} cannot be read.`);
    this.name = "SecretMissing";
    this.side = side;
  }
}

/** Reads how to reach one side of a flow, secret included: only now, and kept nowhere (R26). */
export function readSide(store: Store, side: "source" | "destination", connectionId: string): Promise<PostgresTarget> {
  return opened(store, side, connectionId, () => readTarget(store, connectionId));
}

/** The same for a destination that is no database. */
export function readDelivery(store: Store, connectionId: string): Promise<ReceiverTarget> {
  return opened(store, "destination", connectionId, () => readReceiver(store, connectionId));
}

async function opened<T>(store: Store, side: SecretMissing["side"], id: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    await recordUnreadable(store.db, id, "run");
    throw new SecretMissing(side);
  }
}
