import type { PostgresTarget } from "@headgate/core";
import type { PostgresContext } from "./context.ts";
import { openSession } from "./open-session.ts";
import type { Session } from "./session.ts";

const databases = `select datname::text as name from pg_database
  where datallowconn and not datistemplate and has_database_privilege(oid, 'CONNECT') limit 1000`;

/**
 * Names of databases on the same server that resemble the one that was not found, nearest first, parted by commas.
 * Undefined where none does or where the server will not say (some revoke the list, airbyte #48721).
 */
export async function nearDatabaseNames(target: PostgresTarget, context: PostgresContext): Promise<string | undefined> {
  let session: Session | undefined;
  try {
    session = await openSession({ ...target, database: "postgres" }, context, { maxBytes: 256 * 1024 });
    const found = await session.query<{ name: string }>(databases);
    return (
      nearest(
        target.database,
        found.map(({ name }) => name),
      ).join(", ") || undefined
    );
  } catch {
    return undefined;
  } finally {
    await session?.close();
  }
}

/** At most three names that are a slip of the fingers away from `wanted`. */
export function nearest(wanted: string, names: readonly string[]): readonly string[] {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance);
  const allowed = Math.max(2, Math.floor(wanted.length / 3));
  const near = ranked.filter(({ name, distance }) => distance <= allowed || name.includes(wanted));
  return near.slice(0, 3).map(({ name }) => name);
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, otherLetter] of Array.from(other).entries()) {
      const replaced = (row[j] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
