/**
 * Unique keys of a table (alias `c`) that ON CONFLICT can use, as a JSON array, primary key first: valid, on whole
 * columns, for all rows, checked at once (a deferrable one cannot arbitrate, V26). `information_schema` would show a
 * login with only SELECT none of them.
 */
export const uniqueKeys = `(
  select coalesce(json_agg(key order by key."primary" desc, key.name), '[]'::json) from (
    select k.relname::text as name, i.indisprimary as "primary",
           (select json_agg(a.attname::text order by p.place) from unnest(i.indkey::int2[]) with ordinality as p(number, place)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = p.number
             where p.place <= i.indnkeyatts) as columns,
           (select bool_or(not a.attnotnull) from unnest(i.indkey::int2[]) with ordinality as p(number, place)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = p.number
             where p.place <= i.indnkeyatts) as nullable
      from pg_index i join pg_class k on k.oid = i.indexrelid
     where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indimmediate
       and i.indpred is null and i.indexprs is null
  ) as key)`;
