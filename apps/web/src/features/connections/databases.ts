import type { Connection, ConnectionKind, PostgresConnection } from "@headgate/contract";

export type ConnectionOf<K extends ConnectionKind> = Extract<Connection, { kind: K }>;

/** A connection that rows can only go to. */
export type Receiver = Exclude<Connection, PostgresConnection>;

export function isOfKind<K extends ConnectionKind>(connection: Connection, kind: K): connection is ConnectionOf<K> {
  return connection.kind === kind;
}

/** The connections that rows can be read from. */
export function databases(connections: readonly Connection[]): PostgresConnection[] {
  return connections.filter((connection) => isOfKind(connection, "postgres"));
}

/** What came back for answers of a kind; throws when it is of another, which only a faulty server does. */
export function expectKind<K extends ConnectionKind>(connection: Connection, kind: K): ConnectionOf<K> {
  if (isOfKind(connection, kind)) return connection;
  throw new Error(`A connection of kind ${kind} was saved as ${connection.kind}.`);
}
