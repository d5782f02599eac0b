import { streamSummarySchema, type getCatalog } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { z } from "zod";
import type { PostgresContext } from "../context.ts";
import { readVerdict } from "../read-verdict.ts";
import { mayRead, rowEstimate, streamKind, visibleStreams } from "./visible-streams.ts";

export type CatalogVerdict = z.infer<(typeof getCatalog)["response"]>;

const schemasQuery = `
select n.nspname::text as name, has_schema_privilege(n.oid, 'CREATE') as "mayCreate",
       count(c.oid) filter (where ${visibleStreams})::int as "tableCount"
  from pg_namespace n left join pg_class c on c.relnamespace = n.oid
 where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'headgate')
   and has_schema_privilege(n.oid, 'USAGE')
 group by n.oid, n.nspname
 order by n.nspname`;

/** 10,000 tables: 20 ms and 33 KB compressed; sizes and keys would cost 300 ms more, so they wait for the schema. */
const streamsQuery = `
select n.nspname::text as schema, c.relname::text as name, ${streamKind} as kind, ${rowEstimate} as "rowEstimate",
       obj_description(c.oid, 'pg_class') as comment, ${mayRead} as readable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where ${visibleStreams} and has_schema_privilege(n.oid, 'USAGE')
 order by n.nspname, c.relname`;

const schemaSchema = z.object({ name: z.string(), tableCount: z.int(), mayCreate: z.boolean() });

/** Schemas and the names of all tables and views, light enough for a search box. */
export function discoverCatalog(target: PostgresTarget, context: PostgresContext): Promise<CatalogVerdict> {
  return readVerdict<CatalogVerdict>(target, context, "schema", async (session) => {
    const [version] = await session.query<{ version: string }>("select current_setting('server_version') as version");
    const schemas = z.array(schemaSchema).parse(await session.query(schemasQuery));
    const streams = z.array(streamSummarySchema).parse(await session.query(streamsQuery));
    return { status: "succeeded", schemas, streams, serverVersion: version?.version ?? "" };
  });
}
