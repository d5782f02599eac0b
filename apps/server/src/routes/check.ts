import { checkPostgres } from "@headgate/connectors";
import { endpoints, type CheckEvent } from "@headgate/contract";
import { findConnection, noteCheckBegins, recordCheck } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mountStream } from "../http/mount-stream.ts";
import { Refusal } from "../http/refusal.ts";
import { reach } from "./reach.ts";

/** Testing a connection, stage by stage. */
export function checkRoutes(api: Api): void {
  const { db } = api.context.store;

  mountStream(api, endpoints.checkConnection, async ({ context, params, body, signal }, send) => {
    const connection = await findConnection(db, params.connectionId);
    if (!connection) throw new Refusal("error:connection/not-found");
    await noteCheckBegins(db, connection.id);
    const stages = (event: CheckEvent) => {
      if (event.type === "stage") send(event);
    };
    const verdict = await reach(context, connection.id, signal, (target, ctx) =>
      checkPostgres(target, ctx, stages, body),
    );
    // A check that a person stopped says nothing about the connection, and what cannot be written may still be read.
    const telling = !signal.aborted && (verdict.status === "succeeded" || verdict.failure.stage !== "write");
    if (telling) await recordCheck(db, connection.id, connection.revision, verdict);
    send({ type: "verdict", verdict });
  });
}
