import { createRole } from "@headgate/testkit";
import { targetOf } from "../targets.ts";
import { wire } from "../wire.ts";
import { encryptedTarget } from "./encryption.ts";
import { provoked, provokedBy, stranger, withListener, type Provocation } from "./provocation.ts";

const ready = Buffer.concat([wire.authOk, wire.ready]);

const said = (state: string, words: string, code: Provocation["code"], facts = {}): Provocation => ({
  how: `“${words}”`,
  code,
  stage: code === "database_unknown" ? "database" : "sign_in",
  facts,
  provoke: () => provokedBy([wire.error(state, words)]),
});

/** What can be wrong with the login, and with whoever is asked to let us in. */
export const signingIn: readonly Provocation[] = [
  {
    how: "a wrong password [B93]",
    code: "password_wrong",
    stage: "sign_in",
    provoke: ({ database }) => provoked(targetOf(database, { password: "not-the-password" })),
  },
  {
    how: "no password [B88]",
    code: "password_missing",
    stage: "sign_in",
    provoke: ({ database }) => provoked(targetOf(database, { password: "" })),
  },
  {
    how: "a proof of the password that would take for ever [V8]",
    code: "password_unsafe",
    stage: "sign_in",
    provoke: () =>
      withListener(
        (socket) => {
          let turn = 0;
          socket.on("data", (chunk) => {
            const nonce = chunk.toString("latin1").match(/r=([^,]+)/)?.[1] ?? "";
            socket.write(turn++ === 0 ? wire.askScram : wire.scramFirst(`r=${nonce}more,s=c2FsdHNhbHQ=,i=2000000000`));
          });
        },
        (port) => provoked(stranger(port)),
      ),
  },
  {
    how: "a role that may not log in",
    code: "login_not_allowed",
    stage: "sign_in",
    provoke: async ({ database }) => {
      const role = await createRole(database);
      await database.query(`alter role ${role.user} nologin`);
      return provoked(targetOf(database, role));
    },
  },
  {
    how: "a database whose rules name nobody",
    code: "address_not_admitted",
    stage: "sign_in",
    facts: { clientAddress: "127.0.0.1" },
    provoke: (arena) => provoked(encryptedTarget(arena, { host: "127.0.0.1", database: "barred" })),
  },
  {
    how: "a role at its limit of connections [B96]",
    code: "server_full",
    stage: "sign_in",
    facts: { limit: "role" },
    provoke: async ({ database }) =>
      provoked(targetOf(database, await createRole(database, { attributes: "connection limit 0" }))),
  },
  said("53300", "sorry, too many clients already", "server_full", { limit: "server" }),
  said("53300", 'too many connections for database "shop"', "server_full", { limit: "database" }),
  said("08P01", "no more connections allowed (max_client_conn)", "server_full", { limit: "pooler" }),
  said("57P03", "the database system is starting up", "server_starting", { state: "starting" }),
  said("57P03", "the database system is shutting down", "server_starting", { state: "stopping" }),
  said("57P03", "the database system is not yet accepting connections", "server_starting"),
  said("57P03", "the database system is in recovery mode", "server_starting", { state: "recovering" }),
  said("XX000", "Tenant or user not found", "pooler_user_unknown"),
  said("08P01", "no such user: reader", "pooler_user_unknown"),
  said("08P01", "SASL authentication failed", "password_wrong"),
  said("08P01", "unsupported startup parameter: options", "pooler_parameter"),
  said("08P01", "no such database: shop", "database_unknown"),
  {
    how: "a pooler that lets us in and finds no server",
    code: "pooler_no_server",
    stage: "schema",
    provoke: () => provokedBy([ready, wire.error("08P01", "query_wait_timeout")]),
  },
];
