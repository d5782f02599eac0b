import pg from "pg";
import type { Pool, PoolClient } from "pg";
import type { z } from "zod";

/** A pool, or one connection inside a transaction: query functions take either and never open transactions. */
export type Queryable = Pick<Pool | PoolClient, "query">;

// int8 is counted in this schema only, never beyond 2^53; epochs are selected as text.
const int8 = 20;
const types = new pg.TypeOverrides();
types.setTypeParser(int8, (text) => Number(text));

/** Opens a pool on our own store. `pg` reads its PG* variables only for what the address leaves out. */
export function openPool(databaseUrl: string, maxConnections: number, applicationName: string): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    types,
  });
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on("error", () => {});
  return pool;
}

/** Runs `work` in one transaction: everything of it is kept, or nothing. */
export async function inTransaction<T>(db: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((fault: Error) => {
      broken = fault;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** All rows, each parsed by its schema. */
export async function many<S extends z.ZodType>(
  db: Queryable,
  schema: S,
  text: string,
  values: readonly unknown[] = [],
): Promise<z.output<S>[]> {
  const { rows } = await db.query<Record<string, unknown>>(text, [...values]);
  return rows.map((row) => schema.parse(row));
}

/** The only row, or undefined; two rows are a bug in the query. */
export async function maybeOne<S extends z.ZodType>(
  db: Queryable,
  schema: S,
  text: string,
  values: readonly unknown[] = [],
): Promise<z.output<S> | undefined> {
  const rows = await many(db, schema, text, values);
  if (rows.length > 1) throw new Error("A query for one row found several.");
  return rows[0];
}

/** The only row; none is a bug in the query. */
export async function one<S extends z.ZodType>(
  db: Queryable,
  schema: S,
  text: string,
  values: readonly unknown[] = [],
): Promise<z.output<S>> {
  const row = await maybeOne(db, schema, text, values);
  if (!row) throw new Error("A query for one row found none.");
  return row;
}

/** SQL that writes a timestamptz as the contract's instant, `2026-11-21T09:30:00.000Z`; JavaScript's Date is not involved. */
export function instant(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Whether an error says that a constraint or unique index of ours refused the row. */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.constraint === constraint;
}

/** Whether an error means that the store cannot be reached or is shutting down, rather than that a query is wrong. */
export function isStoreUnavailable(error: unknown): boolean {
  // FATAL ends the session: starting up, shutting down, no room, no entry.
  if (error instanceof pg.DatabaseError) return error.severity === "FATAL" || /^(08|57P|53)/.test(error.code ?? "");
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string" && /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)/.test(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(error.message);
}
