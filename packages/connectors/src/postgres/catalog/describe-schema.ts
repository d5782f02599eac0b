import { streamRowSchema, type getSchemaStreams } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { z } from "zod";
import type { PostgresContext } from "../context.ts";
import { readVerdict } from "../read-verdict.ts";
import { mayRead, rowEstimate, streamKind, visibleStreams } from "./visible-streams.ts";
import { uniqueKeys } from "./unique-keys.ts";

export type SchemaVerdict = z.infer<(typeof getSchemaStreams)["response"]>;

/** Bytes with indexes and TOAST; a partitioned parent is the sum of its leaves. */
export const streamBytes = `case when c.relkind in ('r', 'm') then pg_total_relation_size(c.oid)::float8
      when c.relkind = 'p' then (select coalesce(sum(pg_total_relation_size(t.relid)), 0)::float8
                                   from pg_partition_tree(c.oid) t where t.isleaf) end`;

const query = `
select n.nspname::text as schema, c.relname::text as name, ${streamKind} as kind, ${rowEstimate} as "rowEstimate",
       obj_description(c.oid, 'pg_class') as comment, ${mayRead} as readable, ${streamBytes} as bytes,
       (select count(*)::int from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as "columnCount",
       ${uniqueKeys} -> 0 -> 'columns' as "keyColumns"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where ${visibleStreams} and n.nspname = $1
 order by c.relname`;

/** The tables and views of one schema with size and key. */
export function describeSchema(
  target: PostgresTarget,
  schema: string,
  context: PostgresContext,
): Promise<SchemaVerdict> {
  return readVerdict<SchemaVerdict>(target, context, "schema", async (session) => {
    const streams = z.array(streamRowSchema).parse(await session.query(query, [schema]));
    return { status: "succeeded", streams };
  });
}
