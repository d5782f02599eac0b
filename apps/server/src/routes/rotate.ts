import {
  endpoints,
  secretFields,
  type Connection,
  type ConnectionSecrets,
  type PostgresConnection,
  type PostgresSecrets,
} from "@headgate/contract";
import { rotationFields, rotationKinds } from "@headgate/core";
import { findConnection, noteCheckBegins, rotateSecrets } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mountStream } from "../http/mount-stream.ts";
import { invalid, Refusal } from "../http/refusal.ts";
import { knownExpiries } from "./known-expiries.ts";
import { testConnection } from "./test-connection.ts";

/** Replacing what a connection signs in with: tried first, and kept only when it works. */
export function rotateRoutes(api: Api): void {
  const { context } = api;
  const { store } = context;

  mountStream(api, endpoints.rotateSecret, async ({ params, body, signal }, send) => {
    const connection = await findConnection(store.db, params.connectionId);
    if (!connection) throw new Refusal("error:connection/not-found");
    if (connection.revision !== body.revision) throw new Refusal("error:draft/outdated");
    const { id, revision } = connection;
    const isDatabase = connection.kind === "postgres";
    const secrets = isDatabase
      ? wholeRotation(connection, body.secrets, body.clientCertificate)
      : receiverRotation(connection, body);
    const clientCertificate = isDatabase
      ? (body.clientCertificate ?? connection.settings.clientCertificate)
      : undefined;

    await noteCheckBegins(store.db, id);
    // [R23] What cannot be opened is not what is being replaced, but another of its secrets or the tunnel's.
    const verdict = await testConnection(context, connection, signal, send, {
      secrets,
      ...(clientCertificate !== undefined && { settings: { clientCertificate } }),
    });
    send({ type: "verdict", verdict });
    // Whoever has gone does not learn that it was saved, so it is not.
    if (verdict.status === "failed" || signal.aborted) return;

    const expiries = isDatabase
      ? await knownExpiries({
          settings: { ...connection.settings, ...(clientCertificate !== undefined && { clientCertificate }) },
          secrets,
          entraSecretExpires: body.entraSecretExpires,
        })
      : {};
    const change = { revision, secrets, clientCertificate: body.clientCertificate, expiries, verdict };
    const saved = await rotateSecrets(store, id, change);
    send("refused" in saved ? { type: "not_saved", reason: saved.refused } : { type: "saved", connection: saved });
  });
}

type ReceiverConnection = Exclude<Connection, { kind: "postgres" }>;
type Given = { readonly secrets: ConnectionSecrets; readonly clientCertificate?: string | undefined };

/** A receiver's secrets stand each for itself; at least one of them is new. */
function receiverRotation({ kind }: ReceiverConnection, { secrets, clientCertificate }: Given): ConnectionSecrets {
  const known: readonly string[] = secretFields[kind];
  const strange = [
    ...Object.keys(secrets)
      .filter((field) => !known.includes(field))
      .map((field) => `secrets.${field}`),
    ...(clientCertificate === undefined ? [] : ["clientCertificate"]),
  ];
  if (strange.length > 0)
    throw invalid(Object.fromEntries(strange.map((field) => [field, "This connection does not use it."])));
  if (!Object.values(secrets).some((value) => value !== undefined && value !== ""))
    throw invalid({ [`secrets.${known[0] ?? ""}`]: "Enter the new one." });
  return secrets;
}

/**
 * The secrets with what stands beside each: a passphrase that is not given belonged to the old key and goes with it.
 * Refuses secrets that this connection does not sign in with, and a rotation of nothing.
 */
function wholeRotation(
  { settings }: PostgresConnection,
  given: ConnectionSecrets,
  clientCertificate: string | undefined,
): PostgresSecrets {
  const kinds = rotationKinds({ ...settings, ...(clientCertificate !== undefined && { clientCertificate }) });
  const fields = kinds.map((kind) => rotationFields[kind] as readonly (keyof PostgresSecrets)[]);
  const known = new Set(fields.flat());
  const strange = Object.keys(given).filter((field) => !known.has(field as keyof PostgresSecrets));
  if (strange.length > 0)
    throw invalid(Object.fromEntries(strange.map((field) => [`secrets.${field}`, "This connection does not use it."])));
  if (settings.clientCertificate === undefined && clientCertificate !== undefined)
    throw invalid({ clientCertificate: "This connection does not use a client certificate." });

  const chosen = fields.filter((group) => group.some((field) => given[field] !== undefined));
  const missing = (chosen.length > 0 ? chosen : fields.slice(0, 1)).map(([first]) => first).filter(isEmpty);
  if (missing.length > 0)
    throw invalid(Object.fromEntries(missing.map((field) => [`secrets.${field}`, "Enter the new one."])));
  return Object.assign(
    {},
    ...chosen.map((group) => Object.fromEntries(group.map((field) => [field, given[field] ?? ""]))),
  );

  function isEmpty(field: keyof PostgresSecrets | undefined): field is keyof PostgresSecrets {
    return field !== undefined && (given[field] ?? "") === "";
  }
}
