import type { SourceQuery } from "@headgate/contract";
import { relationName, type Relation } from "@headgate/core";
import { tableFacts } from "../catalog/find-stream.ts";
import { idents, tableIdent } from "../identifiers.ts";

/** What stands before a person's query, which begins on a line of its own. */
const opening = "select * from (\n";

/**
 * What follows FROM. A query is only ever a sub-select: there it can neither write by a CTE nor end the statement, as
 * long as the statement travels alone (V17).
 */
export function relationSql(relation: Relation): string {
  return "table" in relation ? tableIdent(relation.table) : `(\n${bare(relation.query)}\n) as headgate_query`;
}

/** All rows of a query. */
export function querySql(query: SourceQuery): string {
  return `${opening}${bare(query)}\n) as headgate_query`;
}

/** People end a query with a semicolon, which a sub-select must not have. */
function bare({ sql }: SourceQuery): string {
  return sql.replace(/[\s;]+$/, "");
}

/** Line and column, from 1, of a place the database named in `querySql`; undefined outside of the person's own words. */
export function placeIn(query: SourceQuery, position: number): { line: number; column: number } | undefined {
  const characters = Array.from(bare(query));
  const at = position - 1 - opening.length;
  if (at < 0 || at > characters.length) return undefined;
  const before = characters.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.filter((one) => one === "\n").length + 1, column: at - lineStart + 1 };
}

/** `"a", "b"` for SET search_path; where there is none, names need a schema. */
export function pathSql(searchPath: readonly string[]): string {
  return searchPath.length === 0 ? "''" : idents(searchPath);
}

export function relationFacts(relation: Relation): Record<string, string> {
  return tableFacts(relationName(relation));
}
