import { checkPostgres, type PostgresContext } from "@headgate/connectors";
import { endpoints, type Connection, type ConnectionSecrets } from "@headgate/contract";
import { rotationFields, rotationKinds } from "@headgate/core";
import { findConnection, noteCheckBegins, readTarget, rotateSecrets, SecretUnreadableError } from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mountStream } from "../http/mount-stream.ts";
import { invalid, Refusal } from "../http/refusal.ts";
import { unreadable } from "./reach.ts";
import { knownExpiries } from "./known-expiries.ts";

/** Replacing what a connection signs in with: tried first, and kept only when it works. */
export function rotateRoutes(api: Api): void {
  const { store, gate } = api.context;

  mountStream(api, endpoints.rotateSecret, async ({ params, body, signal }, send) => {
    const connection = await findConnection(store.db, params.connectionId);
    if (!connection) throw new Refusal("error:connection/not-found");
    if (connection.revision !== body.revision) throw new Refusal("error:draft/outdated");
    const secrets = wholeRotation(connection, body.secrets, body.clientCertificate);
    const { id, revision } = connection;
    const { clientCertificate = connection.settings.clientCertificate } = body;

    await noteCheckBegins(store.db, id);
    const verdict = await check({ gate, signal });
    send({ type: "verdict", verdict });
    // Whoever has gone does not learn that it was saved, so it is not.
    if (verdict.status === "failed" || signal.aborted) return;

    const settings = { ...connection.settings, ...(clientCertificate !== undefined && { clientCertificate }) };
    const expiries = await knownExpiries({ settings, secrets, entraSecretExpires: body.entraSecretExpires });
    const change = { revision, secrets, clientCertificate: body.clientCertificate, expiries, verdict };
    const saved = await rotateSecrets(store, id, change);
    send("refused" in saved ? { type: "not_saved", reason: saved.refused } : { type: "saved", connection: saved });

    async function check(context: PostgresContext) {
      try {
        const target = await readTarget(store, id, secrets);
        const candidate = { ...target, ...(clientCertificate !== undefined && { clientCertificate }) };
        return await checkPostgres(candidate, context, (event) => event.type === "stage" && send(event));
      } catch (error) {
        // [R23] Not what is being replaced, but another of its secrets or the tunnel's.
        if (error instanceof SecretUnreadableError) return unreadable;
        throw error;
      }
    }
  });
}

/**
 * The secrets with what stands beside each: a passphrase that is not given belonged to the old key and goes with it.
 * Refuses secrets that this connection does not sign in with, and a rotation of nothing.
 */
function wholeRotation(
  { settings }: Connection,
  given: ConnectionSecrets,
  clientCertificate: string | undefined,
): ConnectionSecrets {
  const kinds = rotationKinds({ ...settings, ...(clientCertificate !== undefined && { clientCertificate }) });
  const fields = kinds.map((kind) => rotationFields[kind] as readonly (keyof ConnectionSecrets)[]);
  const known = new Set(fields.flat());
  const strange = Object.keys(given).filter((field) => !known.has(field as keyof ConnectionSecrets));
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

  function isEmpty(field: keyof ConnectionSecrets | undefined): field is keyof ConnectionSecrets {
    return field !== undefined && (given[field] ?? "") === "";
  }
}
