/**
 * Built-in types whose binary form means the same on every server since PostgreSQL 12. Left out on purpose: `reg…`
 * types (numbers of objects), xml (its encoding), money (its currency) and whatever has no binary input.
 */
const portable = new Set(
  (
    "bool bytea char name int8 int2 int4 text json point lseg path box polygon line float4 float8 circle macaddr8 " +
    "macaddr inet cidr bpchar varchar date time timestamp timestamptz interval timetz bit varbit numeric uuid jsonb " +
    "tsvector tsquery int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange " +
    "nummultirange tsmultirange tstzmultirange datemultirange"
  ).split(" "),
);

/** Whether values of this type (`pg_catalog.int4`, `pg_catalog._text`) may travel as PostgreSQL's binary. */
export function travelsAsBinary(typeName: string): boolean {
  const [schema, name = ""] = typeName.split(".");
  return schema === "pg_catalog" && portable.has(name.startsWith("_") ? name.slice(1) : name);
}
