import { connectionSchema, secretFields, type Connection } from "@headgate/contract";
import { instant, many, maybeOne, one, type Queryable } from "./db.ts";
import { storedSecrets } from "./secrets/secrets.ts";

const secretsByKind = Object.entries(secretFields)
  .map(([kind, fields]) => `when '${kind}' then ${storedSecrets("connections", fields)}`)
  .join("\n              ");

/** One query for any number of connections: each brings along which flows use it, and when one last did. */
const selectConnections = `
  select connections.id, connections.name, connections.kind, connections.settings, connections.revision,
         connections.practice_side is not null as practice, connections.last_check as "lastCheck", connections.expiries,
         case connections.kind ${secretsByKind} end as secrets,
         array(select flows.name from flows
                where connections.id in (flows.source_connection_id, flows.destination_connection_id)
                order by flows.name) as "flowNames",
         to_jsonb(last_use) as "lastUse", coalesce(chosen.drafts, 0) as "draftCount",
         ${instant("connections.created_at")} as "createdAt", ${instant("connections.updated_at")} as "updatedAt"
    from connections
    left join lateral (
      select flows.id as "flowId", flows.name as "flowName", ${instant("last_run.started_at")} as at
        from flows
        cross join lateral (select started_at from runs where runs.flow_id = flows.id and started_at is not null
                             order by created_at desc limit 1) last_run
       where connections.id in (flows.source_connection_id, flows.destination_connection_id)
       order by last_run.started_at desc limit 1) last_use on true
    left join (
      select choice as connection_id, count(distinct drafts.id)::int as drafts
        from drafts
        cross join unnest(array[steps #>> '{credentials,connectionId}', steps #>> '{destination,connectionId}']) as choice
       group by choice) chosen on chosen.connection_id = connections.id::text`;

/** All saved connections, newest first. */
export function listConnections(db: Queryable): Promise<Connection[]> {
  return many(db, connectionSchema, `${selectConnections} order by connections.created_at desc, connections.id`);
}

/** One saved connection, or undefined. */
export function findConnection(db: Queryable, id: string): Promise<Connection | undefined> {
  return maybeOne(db, connectionSchema, `${selectConnections} where connections.id = $1`, [id]);
}

/** A connection that is there for certain, within a transaction that has just written it. */
export function existingConnection(db: Queryable, id: string): Promise<Connection> {
  return one(db, connectionSchema, `${selectConnections} where connections.id = $1`, [id]);
}
