/** Tables and views people may choose: no system schemas, none of ours, partitions under their parent (features §3.6). */
export const visibleStreams = `c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'headgate')`;

/** PostgreSQL's letter for a kind, as the contract says it. */
export const streamKind = `case c.relkind when 'r' then 'table' when 'p' then 'partitioned_table' when 'v' then 'view'
    when 'm' then 'materialized_view' else 'foreign_table' end`;

/** Never analysed is -1 from PostgreSQL 14 on, and 0 with no page before; views have no estimate. */
export const rowEstimate = `case when c.relkind in ('r', 'p', 'm', 'f') and c.reltuples >= 0
      and not (c.reltuples = 0 and c.relpages = 0 and c.relkind <> 'p') then c.reltuples::float8 end`;

/** SELECT on the table or on any of its columns, role inheritance included. */
export const mayRead = `has_schema_privilege(n.oid, 'USAGE')
    and (has_table_privilege(c.oid, 'SELECT') or has_any_column_privilege(c.oid, 'SELECT'))`;
