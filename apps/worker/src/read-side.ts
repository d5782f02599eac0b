import type { PostgresTarget } from "@headgate/core";
import { readTarget, recordUnreadable, SecretUnreadableError, type Store } from "@headgate/store";

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
export async function readSide(
  store: Store,
  side: "source" | "destination",
  connectionId: string,
): Promise<PostgresTarget> {
  try {
    return await readTarget(store, connectionId);
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    await recordUnreadable(store.db, connectionId, "run");
    throw new SecretMissing(side);
  }
}
