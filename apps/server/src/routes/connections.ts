import { isDeepStrictEqual } from "node:util";
import {
  endpoints,
  type Connection,
  type ConnectionAnswers,
  type ConnectionSecretField,
  type ConnectionSecrets,
} from "@headgate/contract";
import { writeExport } from "@headgate/core";
import {
  deleteConnection,
  findConnection,
  insertConnection,
  listConnections,
  readTarget,
  SecretUnreadableError,
  updateConnection,
  type RefusedChange,
} from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";
import { knownExpiries } from "./known-expiries.ts";
import { refuseAddress } from "./refuse-address.ts";
import { refuseUnusableMaterial } from "./refuse-material.ts";

/** Saved connections. Secrets go in and never come out. [R24] */
export function connectionRoutes(api: Api): void {
  const { store, gate } = api.context;

  mount(api, endpoints.listConnections, async () => ({ connections: await listConnections(store.db) }));

  mount(api, endpoints.createConnection, async ({ body: { entraSecretExpires, ...answers } }) => {
    await refuseAddress(gate, "settings.host", answers.settings);
    await refuseUnusableMaterial(answers);
    const expiries = await knownExpiries({ ...answers, entraSecretExpires });
    return accepted(await insertConnection(store, { ...answers, expiries }));
  });

  mount(api, endpoints.getConnection, ({ params }) => existing(params.connectionId));

  mount(api, endpoints.updateConnection, async ({ params, body }) => {
    const current = await existing(params.connectionId);
    const again = secretsNeededAgain(current, body);
    if (again.length > 0)
      throw new Refusal("error:connection/secret-required", {
        fields: Object.fromEntries(again.map((field) => [`secrets.${field}`, enterAgain[field]])),
      });
    await refuseAddress(gate, "settings.host", body.settings);
    await refuseUnusableMaterial(body, current);
    const expiries = await knownExpiries(body, () => storedCertificatePassword(current.id, body.secrets));
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
    const written = writeExport(query.format, await existing(params.connectionId));
    if (written.status === "refused") throw invalid({ format: written.message });
    return written;
  });

  async function storedCertificatePassword(id: string, replaced: ConnectionSecrets): Promise<string | undefined> {
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

/** Fields that decide where a stored secret is sent, and how well protected. */
const guarded = ["host", "port", "user", "tlsMode", "caCertificate", "tunnelId"] as const;

const enterAgain = {
  password: "Enter the password again, because where or how it is sent has changed.",
  entraSecret: "Enter the application's secret again, because where it is used has changed.",
  entraCertificate: "Add the application's certificate again, because where it is used has changed.",
} as const satisfies Partial<Record<ConnectionSecretField, string>>;

/** Else an editor could send somebody's stored secret, or a token made with it, to a server of their own. [R24] */
function secretsNeededAgain(current: Connection, { settings, secrets }: ConnectionAnswers) {
  const moved =
    guarded.some((field) => current.settings[field] !== settings[field]) ||
    !isDeepStrictEqual(current.settings.entra, settings.entra);
  if (!moved) return [];
  return typedKeys(enterAgain).filter((field) => current.secrets[field].set && secrets[field] === undefined);
}

function typedKeys<K extends string>(object: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(object) as K[];
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
