import type { GrantLine } from "./grant-line.ts";
import { quoteName, quoteTable } from "./quote-name.ts";

/** What stands at the destination of schema `headgate`, where the flows' state is kept (design §7). */
export type StateFound = "nothing" | "schema" | "table";

const stateTable = { schema: "headgate", name: "flow_state" } as const;

export type StateQuestion = {
  readonly state: StateFound;
  /** Whether the flow keeps a list of its keys there, in a table of its own. */
  readonly keepsKeys?: boolean;
};

/** The rights on Headgate's own schema; where it is missing the script makes it, so that no right on the database is needed. */
export function stateGrants({ state, keepsKeys = false }: StateQuestion, to: string): GrantLine[] {
  const schema = quoteName(stateTable.schema);
  const sentence = "Notes how far the flow has come, in the same moment as the rows.";
  if (state === "table") {
    const entering = keepsKeys ? ["USAGE", "CREATE"] : ["USAGE"];
    const table = `GRANT SELECT, INSERT, UPDATE ON TABLE ${quoteTable(stateTable)} ${to}`;
    return [
      {
        id: "state",
        sql: `GRANT ${entering.join(", ")} ON SCHEMA ${schema} ${to}`,
        sentence: keepsKeys
          ? "Enters the schema where Headgate keeps its notes, and lists there which rows this flow brought."
          : "Enters the schema where Headgate keeps its notes.",
        optional: false,
        right: { on: "schema", schema: stateTable.schema, privileges: entering },
      },
      {
        id: "state_table",
        sql: table,
        sentence,
        optional: false,
        right: { on: "table", table: stateTable, privileges: ["SELECT", "INSERT", "UPDATE"] },
      },
    ];
  }
  const make = state === "nothing" ? `CREATE SCHEMA IF NOT EXISTS ${schema}; ` : "";
  const sql = `${make}GRANT USAGE, CREATE ON SCHEMA ${schema} ${to}`;
  return [{ id: "state", sql, sentence, optional: false, right: { on: "state schema" } }];
}
