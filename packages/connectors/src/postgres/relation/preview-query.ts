import type { describeQuery as endpoint, SourceQuery } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { DatabaseError } from "pg";
import type { z } from "zod";
import { limitsOf, type PostgresContext } from "../context.ts";
import { readRows } from "../catalog/preview-stream.ts";
import type { StreamVerdict } from "../catalog/describe-stream.ts";
import { readVerdict, type Failed } from "../read-verdict.ts";
import type { Session } from "../session.ts";
import { SessionFault } from "../session-fault.ts";
import { beginQuery } from "../settled.ts";
import { describeQuery } from "./query-stream.ts";
import { pathSql, placeIn, relationSql } from "./relation-sql.ts";

export type QueryVerdict = z.infer<(typeof endpoint)["response"]>;

/** The columns of a query, without a row of it being read. What the database says against it is an answer. */
export function describeQueryAt(
  target: PostgresTarget,
  query: SourceQuery,
  context: PostgresContext,
): Promise<StreamVerdict> {
  return atQuery<StreamVerdict>(target, query, context, async (session) => ({
    status: "succeeded",
    stream: await describeQuery(session, query),
  }));
}

/** Describes a query and reads its first 20 rows, where nothing can be written. */
export function previewQuery(
  target: PostgresTarget,
  query: SourceQuery,
  context: PostgresContext,
): Promise<QueryVerdict> {
  return atQuery<QueryVerdict>(target, query, context, async (session, searchPath) => {
    const stream = await describeQuery(session, query);
    const rows = await readRows(session, relationSql({ query }), stream.fields);
    const columns = stream.fields.map(({ name, type, typeName }) => ({ name, type, typeName }));
    return { status: "succeeded", stream, preview: { columns, rows }, searchPath };
  });
}

function atQuery<T>(
  target: PostgresTarget,
  query: SourceQuery,
  context: PostgresContext,
  read: (session: Session, searchPath: string[]) => Promise<T>,
): Promise<T | Failed> {
  const { statementMs, lockMs } = limitsOf(context);
  let searchPath = query.searchPath;
  const begin = async (session: Session): Promise<void> => {
    if (searchPath.length === 0) searchPath = await currentPath(session);
    await beginQuery(session, { path: pathSql(searchPath), statementMs, lockMs });
  };
  const answer = async (session: Session): Promise<T> => {
    try {
      const found = await read(session, searchPath);
      // Never committed, so that nothing the query may have set outlives it.
      await session.execute("rollback");
      return found;
    } catch (error) {
      throw refused(query, error);
    }
  };
  return readVerdict<T>(target, context, "table", answer, begin);
}

/** The schemas in which this login finds names without one. */
async function currentPath(session: Session): Promise<string[]> {
  const [row] = await session.query<{ path: string[] }>("select pg_catalog.current_schemas(false)::text[] as path");
  return row?.path ?? [];
}

/** SQLSTATE classes with which a server speaks about the query itself: syntax and names, values, read-only. */
const aboutTheQuery = ["42", "22", "21", "0A", "25", "P0"];

function refused(query: SourceQuery, error: unknown): unknown {
  if (!(error instanceof DatabaseError) || !aboutTheQuery.includes(error.code?.slice(0, 2) ?? "")) return error;
  if (error.code === "42501") return error;
  const place = error.position === undefined ? undefined : placeIn(query, Number(error.position));
  const facts = place && { line: String(place.line), column: String(place.column) };
  return new SessionFault("table", "query_refused", error.message, { ...facts, state: error.code ?? "" });
}
