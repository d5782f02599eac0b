import type { CheckFailure } from "@headgate/contract";
import type { PostgresContext } from "@headgate/connectors";
import type { PostgresTarget } from "@headgate/core";
import { findConnection, readTarget, SecretUnreadableError } from "@headgate/store";
import type { ServerContext } from "../context.ts";
import { Refusal } from "../http/refusal.ts";
import { requirePostgres } from "./kind-rules.ts";

type Failed = { status: "failed"; failure: CheckFailure };

/** Opens the secret of a saved connection and hands both to a verb of the connector, which answers with a verdict. */
export async function reach<V>(
  { store, gate, inContainer }: ServerContext,
  connectionId: string,
  signal: AbortSignal,
  verb: (target: PostgresTarget, context: PostgresContext) => Promise<V>,
): Promise<V | Failed> {
  const connection = await findConnection(store.db, connectionId);
  if (!connection) throw new Refusal("error:connection/not-found");
  requirePostgres(connection);
  let target: PostgresTarget;
  try {
    target = await readTarget(store, connectionId);
  } catch (error) {
    // [R23] Only this connection needs attention; nothing is tried with an empty password instead.
    if (error instanceof SecretUnreadableError) return unreadable;
    throw error;
  }
  return verb(target, { gate, signal, inContainer });
}

/** [R23] The verdict on a connection with a stored secret that cannot be opened. */
export const unreadable: Failed = {
  status: "failed",
  failure: { stage: "sign_in", code: "secret_unreadable", facts: {}, detail: "" },
};
