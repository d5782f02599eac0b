import type { TableName, WriteMode } from "@headgate/contract";
import { writeModeRules } from "../write-modes.ts";
import type { GrantLine, Right } from "./grant-line.ts";
import { quoteName, quoteTable } from "./quote-name.ts";
import { stateGrants, type StateFound } from "./state-grants.ts";

export type GrantQuestion = {
  readonly role: "source" | "destination";
  readonly table: TableName;
  /** The columns that travel. Absent: all. */
  readonly columns?: readonly string[] | undefined;
  /** Matters at the destination only. */
  readonly writeMode?: WriteMode | undefined;
};

/** What the script depends on besides the question. */
export type GrantFacts = {
  readonly database: string;
  /** The role that Headgate signs in as; a pooler may know it under another name. */
  readonly user: string;
  /** Null where the table is not there yet, or nobody could look. */
  readonly owner: string | null;
  readonly tableExists: boolean;
  /** Sequences behind the defaults of columns. */
  readonly sequences: readonly (TableName & { readonly column: string })[];
  readonly state: StateFound;
};

/** Lists the grants a login needs for exactly this question, in the order in which they have to be run (features §3.6). */
export function neededGrants(question: GrantQuestion, facts: GrantFacts): GrantLine[] {
  const to = `TO ${quoteName(facts.user)};`;
  const { schema } = question.table;
  const lines = [
    line("connect", `GRANT CONNECT ON DATABASE ${quoteName(facts.database)} ${to}`, "Opens the database.", {
      on: "database",
      privileges: ["CONNECT"],
    }),
    line("usage", `GRANT USAGE ON SCHEMA ${quoteName(schema)} ${to}`, "Enters the schema the table is in.", {
      on: "schema",
      schema,
      privileges: ["USAGE"],
    }),
  ];
  return question.role === "source"
    ? [...lines, ...sourceLines(question, facts, to)]
    : [...lines, ...destinationLines(question, facts, to), ...stateGrants(facts, to)];
}

function sourceLines({ table, columns }: GrantQuestion, facts: GrantFacts, to: string): GrantLine[] {
  const select = tableLine("SELECT", "Reads the rows.", table, columns, to);
  // Rights on future tables cannot be limited to columns, so with columns they would give more than was asked for.
  return columns ? [select] : [select, ...futureLine(table, facts, ["SELECT"], to)];
}

function destinationLines(question: GrantQuestion, facts: GrantFacts, to: string): GrantLine[] {
  const { table, columns, writeMode = "append" } = question;
  const temporary = line(
    "temporary",
    `GRANT TEMPORARY ON DATABASE ${quoteName(facts.database)} ${to}`,
    "Collects the rows in a temporary table before they are written, so that a run is all or nothing.",
    { on: "database", privileges: ["TEMPORARY"] },
  );
  if (!facts.tableExists) {
    const sql = `GRANT CREATE ON SCHEMA ${quoteName(table.schema)} ${to}`;
    const right: Right = { on: "schema", schema: table.schema, privileges: ["CREATE"] };
    return [temporary, line("create", sql, "Creates the table, and owns it from then on.", right)];
  }
  const { creates, updates, deletes } = writeModeRules[writeMode];
  const lines = [
    temporary,
    // On the whole table: telling new rows from changed ones reads a system column, which no column grant covers.
    tableLine("SELECT", "Compares with the rows that are already there.", table, undefined, to),
    ...(creates ? [tableLine("INSERT", "Adds rows.", table, columns, to)] : []),
    ...(updates ? [tableLine("UPDATE", "Changes rows that are already there.", table, columns, to)] : []),
    ...(deletes ? [tableLine("DELETE", "Deletes rows that are gone at the source.", table, undefined, to)] : []),
  ];
  const privileges = [
    "SELECT",
    ...Object.entries({ INSERT: creates, UPDATE: updates, DELETE: deletes }).flatMap(given),
  ];
  return [
    ...lines,
    ...(creates ? sequenceLines(facts, columns, to) : []),
    ...(columns ? [] : futureLine(table, facts, privileges, to)),
  ];
}

function given([privilege, wanted]: [string, boolean]): string[] {
  return wanted ? [privilege] : [];
}

/** A column that gets its value from the flow never asks its sequence. */
function sequenceLines({ sequences }: GrantFacts, columns: readonly string[] | undefined, to: string): GrantLine[] {
  return sequences
    .filter(({ column }) => !columns?.includes(column))
    .map(({ schema, name }) =>
      line(
        `sequence:${schema}.${name}`,
        `GRANT USAGE ON SEQUENCE ${quoteTable({ schema, name })} ${to}`,
        "Takes the next number for a column that numbers its rows.",
        { on: "sequence", sequence: { schema, name } },
      ),
    );
}

function tableLine(
  privilege: "SELECT" | "INSERT" | "UPDATE" | "DELETE",
  sentence: string,
  table: TableName,
  columns: readonly string[] | undefined,
  to: string,
): GrantLine {
  const list = columns ? ` (${columns.map(quoteName).join(", ")})` : "";
  const right: Right = { on: "table", table, privileges: [privilege], ...(columns && { columns }) };
  return line(
    privilege.toLowerCase(),
    `GRANT ${privilege}${list} ON TABLE ${quoteTable(table)} ${to}`,
    sentence,
    right,
  );
}

/** Default privileges count only for tables made by the role they name; without FOR ROLE that is whoever runs the script. */
function futureLine(
  { schema }: TableName,
  { owner }: GrantFacts,
  privileges: readonly string[],
  to: string,
): GrantLine[] {
  if (owner === null) return [];
  const sql =
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteName(owner)} IN SCHEMA ${quoteName(schema)} ` +
    `GRANT ${privileges.join(", ")} ON TABLES ${to}`;
  const sentence = "Keeps the flow running when the table is dropped and made anew. Covers new tables of the schema.";
  const right: Right = { on: "future tables", schema, owner, privileges };
  return [{ ...line("future", sql, sentence, right), optional: true }];
}

export function line(id: string, sql: string, sentence: string, right: Right): GrantLine {
  return { id, sql, sentence, optional: false, right };
}
