import type { Connection, ConnectionAttention } from "@headgate/contract";
import { connectionAttention, isBroken } from "@headgate/core";

export type ConnectionRow = { readonly connection: Connection; readonly attention: readonly ConnectionAttention[] };

/** Connections with why they need attention: the broken first, then those of which something ends soon, each by name. */
export function withAttention(connections: readonly Connection[], now: Date): ConnectionRow[] {
  return connections
    .map((connection) => ({ connection, attention: connectionAttention(connection, now) }))
    .toSorted((one, other) => urgency(one) - urgency(other) || byName(one, other));
}

function urgency({ attention }: ConnectionRow): number {
  if (isBroken(attention)) return 0;
  return attention.length > 0 ? 1 : 2;
}

function byName(one: ConnectionRow, other: ConnectionRow): number {
  return one.connection.name.localeCompare(other.connection.name, "en", { numeric: true });
}
