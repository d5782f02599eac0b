import { endpoints, type Connection, type ConnectionAnswers, type PostgresSecrets } from "@headgate/contract";
import { writeExport } from "@headgate/core";
import {
  deleteConnection,
  findConnection,
  insertConnection,
  listConnections,
  readTarget,
  SecretUnreadableError,
  updateConnection,
  type ExpiryChanges,
  type RefusedChange,
} from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";
import { requirePostgres } from "./kind-rules.ts";
import { knownExpiries } from "./known-expiries.ts";
import { refuseAddress, refuseReceiver } from "./refuse-address.ts";
import { refuseUnusableMaterial } from "./refuse-material.ts";
import { secretsNeededAgain } from "./secrets-again.ts";

/** Saved connections. Secrets go in and never come out. [R24] */
export function connectionRoutes(api: Api): void {
  const { store, gate, filesDir } = api.context;

  mount(api, endpoints.listConnections, async () => ({ connections: await listConnections(store.db) }));

  mount(api, endpoints.createConnection, async ({ body }) => {
    await refuseUnusable(body);
    return accepted(await insertConnection(store, { ...body, expiries: await expiriesOf(body) }));
  });

  mount(api, endpoints.getConnection, ({ params }) => existing(params.connectionId));

  mount(api, endpoints.updateConnection, async ({ params, body }) => {
    const current = await existing(params.connectionId);
    if (body.kind !== current.kind) throw invalid({ kind: "A connection stays what it is. Save another one." });
    const again = secretsNeededAgain(current, body);
    if (Object.keys(again).length > 0) throw new Refusal("error:connection/secret-required", { fields: again });
    await refuseUnusable(body, current);
    const expiries = await expiriesOf(body, current.id);
    return accepted(await updateConnection(store, current.id, { ...body, expiries }));
  });

  mount(api, endpoints.deleteConnection, async ({ params }) => {
    const connection = await existing(params.connectionId);
    const result = connection.flowNames.length > 0 ? "in_use" : await deleteConnection(store.db, connection.id);
    if (result === "not_found") throw new Refusal("error:connection/not-found");
    if (result === "in_use") {
      const { flowNames } = await existing(connection.id);
      throw new Refusal("error:connection/in-use", { detail: `Used by: ${flowNames.join(", ")}.` });
    }
    return {};
  });

  mount(api, endpoints.exportConnection, async ({ params, query }) => {
    const connection = requirePostgres(await existing(params.connectionId));
    const written = writeExport(query.format, connection);
    if (written.status === "refused") throw invalid({ format: written.message });
    return written;
  });

  /** Refuses an address that may not be reached, and certificates and keys that nobody could use. */
  async function refuseUnusable(answers: ConnectionAnswers, current?: Connection): Promise<void> {
    if (answers.kind !== "postgres") {
      await refuseReceiver(gate, filesDir, answers);
      return refuseUnusableMaterial({ settings: authorityOf(answers), secrets: {} });
    }
    await refuseAddress(gate, "settings.host", answers.settings);
    await refuseUnusableMaterial(answers, current?.kind === "postgres" ? current : undefined);
  }

  function expiriesOf(answers: ConnectionAnswers, id?: string): Promise<ExpiryChanges> {
    if (answers.kind !== "postgres") return knownExpiries({ settings: authorityOf(answers), secrets: {} });
    if (id === undefined) return knownExpiries(answers);
    return knownExpiries(answers, () => storedCertificatePassword(id, answers.secrets));
  }

  async function storedCertificatePassword(id: string, replaced: PostgresSecrets): Promise<string | undefined> {
    try {
      return (await readTarget(store, id, replaced)).entraCertificatePassword;
    } catch (error) {
      // [R23] What cannot be opened is told by the next check; whoever repairs the connection must be able to save.
      if (error instanceof SecretUnreadableError) return undefined;
      throw error;
    }
  }

  async function existing(id: string): Promise<Connection> {
    const connection = await findConnection(store.db, id);
    if (!connection) throw new Refusal("error:connection/not-found");
    return connection;
  }
}

function authorityOf({ settings }: ConnectionAnswers): { readonly caCertificate?: string | undefined } {
  return "caCertificate" in settings ? { caCertificate: settings.caCertificate } : {};
}

function accepted(result: Connection | RefusedChange): Connection {
  if (!("refused" in result)) return result;
  switch (result.refused) {
    case "name_taken":
      throw new Refusal("error:connection/name-taken", { fields: { name: "Another connection has this name." } });
    case "outdated":
      throw new Refusal("error:draft/outdated");
    case "not_found":
      throw new Refusal("error:connection/not-found");
    case "tunnel_not_found":
      throw new Refusal("error:tunnel/not-found", { fields: { "settings.tunnelId": "This tunnel was deleted." } });
  }
}
