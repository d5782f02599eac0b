import type { Field, SourceQuery, Stream } from "@headgate/contract";
import type { FieldDef } from "pg";
import { firstUserOid } from "../catalog/find-stream.ts";
import { alone, type Session } from "../session.ts";
import { SessionFault } from "../session-fault.ts";
import { serverWords } from "../server-words.ts";
import { querySql } from "./relation-sql.ts";

const typesQuery = `
select t.oid::int8::text as oid, n.nspname || '.' || t.typname as "typeName", pg_catalog.format_type(t.oid, w.modifier) as type
  from unnest($1::oid[], $2::int[]) with ordinality as w(oid, modifier, place)
  join pg_catalog.pg_type t on t.oid = w.oid join pg_catalog.pg_namespace n on n.oid = t.typnamespace
 order by w.place`;

/**
 * A query as a stream: its columns are known without a row of it being read. Call it inside a transaction that cannot
 * write; the statement travels alone, so that nothing in it can end that transaction (V17).
 */
export async function describeQuery(session: Session, query: SourceQuery): Promise<Stream> {
  const text = `${querySql(query)} limit 0`;
  const { fields } = await session.client.query({ text, ...alone });
  requireNames(fields);
  return {
    schema: "",
    name: query.name,
    kind: "query",
    rowEstimate: null,
    comment: null,
    readable: true,
    bytes: null,
    fields: await describeFields(session, fields),
    uniqueKeys: [],
    may: { select: true, insert: false, update: false, delete: false },
    rowSecurity: false,
  };
}

async function describeFields(session: Session, found: readonly FieldDef[]): Promise<Field[]> {
  const types = await session.query<{ oid: string; typeName: string; type: string }>(typesQuery, [
    found.map(({ dataTypeID }) => dataTypeID),
    found.map(({ dataTypeModifier }) => dataTypeModifier),
  ]);
  return found.map(({ name }, index) => {
    const { oid = "0", typeName = "", type = "" } = types[index] ?? {};
    return {
      name,
      position: index + 1,
      type,
      typeName,
      builtIn: Number(oid) < firstUserOid,
      nullable: true,
      hasDefault: false,
      generated: false,
      identity: null,
      comment: null,
      readable: true,
    };
  });
}

/** Columns are told apart by their names. */
function requireNames(fields: readonly FieldDef[]): void {
  const names = fields.map(({ name }) => name);
  const again = names.find((name, index) => names.indexOf(name) !== index);
  if (names.length > 0 && again === undefined) return;
  const column = serverWords(again ?? "");
  throw new SessionFault("table", "query_columns", "Columns have no names of their own.", { column });
}
