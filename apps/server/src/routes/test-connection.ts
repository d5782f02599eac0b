import { checkPostgres, checkReceiver } from "@headgate/connectors";
import type {
  CheckEvent,
  CheckRequest,
  CheckVerdict,
  Connection,
  ConnectionSecrets,
  PostgresSettings,
} from "@headgate/contract";
import { readReceiver, readTarget, SecretUnreadableError } from "@headgate/store";
import type { ServerContext } from "../context.ts";
import { unreadable } from "./reach.ts";

type Candidate = {
  /** In place of stored ones. */
  readonly secrets?: ConnectionSecrets;
  readonly settings?: Pick<PostgresSettings, "clientCertificate">;
  readonly request?: CheckRequest;
};

/** Tests a connection of any kind with its stored secrets, telling of every stage; the verdict is the answer. */
export async function testConnection(
  { store, gate, inContainer, filesDir }: ServerContext,
  { id, kind }: Connection,
  signal: AbortSignal,
  send: (event: Extract<CheckEvent, { type: "stage" }>) => void,
  { secrets = {}, settings, request }: Candidate = {},
): Promise<CheckVerdict> {
  const stages = (event: CheckEvent): void => {
    if (event.type === "stage") send(event);
  };
  const context = { gate, signal, inContainer };
  try {
    if (kind === "postgres")
      return await checkPostgres({ ...(await readTarget(store, id, secrets)), ...settings }, context, stages, request);
    return await checkReceiver(await readReceiver(store, id, secrets), { ...context, filesDir }, stages, request);
  } catch (error) {
    // [R23] Only this connection needs attention; nothing is tried with an empty secret instead.
    if (error instanceof SecretUnreadableError) return unreadable;
    throw error;
  }
}
