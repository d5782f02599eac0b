import type { FlowSource, SourceQuery, TableAnswers, TableName } from "@headgate/contract";

/** What is read at a source: a table or view by its name, or a query. */
export type Relation = { readonly table: TableName } | { readonly query: SourceQuery };

/** The source that the wizard's third step describes. */
export function sourceOf(connectionId: string, answers: TableAnswers): FlowSource {
  if (answers.from === "query") return { connectionId, query: answers.query };
  return { connectionId, table: { schema: answers.schema, name: answers.name } };
}

/** Name of a relation as people and messages say it; a query has no schema. */
export function relationName(relation: Relation): TableName {
  return "table" in relation ? relation.table : { schema: "", name: relation.query.name };
}
