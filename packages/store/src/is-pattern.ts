import pg from "pg";
import type { Queryable } from "./db.ts";

/** Whether PostgreSQL can compile a regular expression; ours knows the same ones as those of connections. */
export async function isPattern(db: Queryable, pattern: string): Promise<boolean> {
  try {
    await db.query("select '' ~ $1", [pattern]);
    return true;
  } catch (error) {
    // 2201B: not a regular expression, or one too large to be compiled.
    if (error instanceof pg.DatabaseError && error.code === "2201B") return false;
    throw error;
  }
}
