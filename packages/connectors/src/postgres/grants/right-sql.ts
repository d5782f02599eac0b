import type { Right } from "@headgate/core";

/** Collects values of a statement and says how each is called in it. */
export type Parameter = (value: string | readonly string[]) => string;

/**
 * A condition that is true when this login has the right, by itself, through a role it inherits from, or as everybody.
 * The object may be missing: then it is null.
 */
export function rightSql(right: Right, parameter: Parameter): string {
  switch (right.on) {
    case "database":
      return all(right.privileges, (one) => `has_database_privilege(current_database(), ${parameter(one)}::text)`);
    case "schema":
      return all(right.privileges, (one) => `has_schema_privilege(${schemaOid(right.schema, parameter)}, '${one}')`);
    case "table": {
      const { columns } = right;
      const table = relation(right.table, parameter);
      return all(right.privileges, (one) =>
        columns ? columnsSql(table, columns, one, parameter) : `has_table_privilege(${table}, ${parameter(one)}::text)`,
      );
    }
    case "tables of schema":
      return all(right.privileges, (one) => tablesSql(schemaOid(right.schema, parameter), one, parameter));
    case "sequence":
      // Either of the two lets nextval() work.
      return `has_sequence_privilege(${relation(right.sequence, parameter)}, 'USAGE, UPDATE')`;
    case "future tables":
      return futureSql(right, parameter);
    case "state schema":
      return `case when ${schemaOid("headgate", parameter)} is null then has_database_privilege(current_database(), 'CREATE')
        else has_schema_privilege(${schemaOid("headgate", parameter)}, 'USAGE')
         and has_schema_privilege(${schemaOid("headgate", parameter)}, 'CREATE') end`;
  }
}

function all(privileges: readonly string[], ask: (privilege: string) => string): string {
  return privileges.map(ask).join(" and ");
}

/** By number, because the functions take a name apart as SQL would. */
function schemaOid(schema: string, parameter: Parameter): string {
  return `(select oid from pg_namespace where nspname = ${parameter(schema)}::text)`;
}

function relation({ schema, name }: { readonly schema: string; readonly name: string }, parameter: Parameter): string {
  return `(select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ${parameter(schema)}::text and c.relname = ${parameter(name)}::text)`;
}

function columnsSql(table: string, columns: readonly string[], privilege: string, parameter: Parameter): string {
  return `(select bool_and(has_column_privilege(a.attrelid, a.attnum, ${parameter(privilege)}::text)) from pg_attribute a
            where a.attrelid = ${table} and a.attname = any(${parameter(columns)}::text[]))`;
}

/** A schema without tables has none that is missing. */
function tablesSql(schema: string, privilege: string, parameter: Parameter): string {
  return `(select coalesce(bool_and(has_table_privilege(c.oid, ${parameter(privilege)}::text)), true) from pg_class c
            where c.relnamespace = ${schema} and c.relkind in ('r', 'p', 'v', 'm', 'f'))`;
}

/** Whoever has the owner's own rights has those on its future tables too. */
function futureSql(
  { schema, owner, privileges }: Extract<Right, { on: "future tables" }>,
  parameter: Parameter,
): string {
  const ownerOid = `(select oid from pg_roles where rolname = ${parameter(owner)}::text)`;
  return `(pg_has_role(current_user, ${ownerOid}, 'USAGE') or (
    select count(distinct a.privilege_type) = ${privileges.length}
      from pg_default_acl d cross join lateral aclexplode(d.defaclacl) a
     where d.defaclobjtype = 'r' and d.defaclrole = ${ownerOid}
       and d.defaclnamespace in (0, ${schemaOid(schema, parameter)})
       and a.privilege_type = any(${parameter(privileges)}::text[])
       and (a.grantee = 0 or pg_has_role(current_user, a.grantee, 'USAGE'))))`;
}
