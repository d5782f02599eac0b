import { endpoints } from "@headgate/contract";
import { findConnection, noteCheckBegins, recordCheck } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mountStream } from "../http/mount-stream.ts";
import { Refusal } from "../http/refusal.ts";
import { testConnection } from "./test-connection.ts";

/** Testing a connection, stage by stage. */
export function checkRoutes(api: Api): void {
  const { db } = api.context.store;

  mountStream(api, endpoints.checkConnection, async ({ context, params, body, signal }, send) => {
    const connection = await findConnection(db, params.connectionId);
    if (!connection) throw new Refusal("error:connection/not-found");
    await noteCheckBegins(db, connection.id);
    const verdict = await testConnection(context, connection, signal, send, { request: body });
    // A check that a person stopped says nothing about the connection, and what cannot be written may still be read.
    const readable = connection.kind === "postgres" && verdict.status === "failed" && verdict.failure.stage === "write";
    const telling = !signal.aborted && !readable;
    if (telling) await recordCheck(db, connection.id, connection.revision, verdict);
    send({ type: "verdict", verdict });
  });
}
