import type { Connection, PostgresConnection } from "@headgate/contract";
import { Refusal } from "../http/refusal.ts";

/** Refuses what only a database can be asked: tables, rights, previews, exports. */
export function requirePostgres(connection: Connection): PostgresConnection {
  if (connection.kind === "postgres") return connection;
  throw new Refusal("error:connection/not-a-database");
}
