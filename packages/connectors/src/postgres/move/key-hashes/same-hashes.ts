import { DatabaseError } from "pg";
import type { Session } from "../../session.ts";
import { probeSql } from "./column-hashes.ts";

/** How a server hashes; undefined where it cannot, or where this login may not ask. Inside a transaction only. */
export async function readHashing(session: Session): Promise<{ hash: string; encoding: string } | undefined> {
  await session.execute("savepoint headgate_probe");
  try {
    const [row] = await session.query<{ hash: string; encoding: string }>(
      `select ${probeSql}::text as hash, pg_catalog.current_setting('server_encoding') as encoding`,
    );
    await session.execute("release savepoint headgate_probe");
    return row;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await session.execute("rollback to savepoint headgate_probe");
    return undefined;
  }
}

/**
 * Whether hashes of two servers can be compared: they are promised for one version of PostgreSQL only, and those of
 * words, like their order by bytes, are of the database's encoding.
 */
export async function haveSameHashes(source: Session, destination: Session): Promise<boolean> {
  const [here, there] = await Promise.all([readHashing(source), readHashing(destination)]);
  if (!here || !there) return false;
  return here.hash === there.hash && here.encoding === "UTF8" && there.encoding === "UTF8";
}
