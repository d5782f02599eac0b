import type { KeepsState, TableName, WriteMode } from "@headgate/contract";
import { writeModeRules } from "../write-modes.ts";
import { futureGrants } from "./future-grants.ts";
import { line, type GrantLine, type Right } from "./grant-line.ts";
import { quoteName, quoteTable } from "./quote-name.ts";
import { stateGrants, type StateFound } from "./state-grants.ts";

export type GrantQuestion = {
  readonly role: "source" | "destination";
  /** Without a name: at the source every table of the schema, at the destination a table still to be made in it. */
  readonly table: { readonly schema: string; readonly name?: string | undefined };
  /** The columns that travel, of a table with a name. Absent: all. */
  readonly columns?: readonly string[] | undefined;
  /** Matters at the destination only, as does the key: an update leaves it alone. */
  readonly writeMode?: WriteMode | undefined;
  readonly syncKey?: readonly string[] | undefined;
  /** Where the flow's state is kept; in our own store nothing is needed for it. */
  readonly keepsState?: KeepsState | undefined;
};

/** What the script depends on besides the question. */
export type GrantFacts = {
  readonly database: string;
  /** The role that Headgate signs in as; a pooler may know it under another name. */
  readonly user: string;
  /** Who owns the table, or the tables of the schema; nobody where there is none yet, or nobody could look. */
  readonly owners: readonly string[];
  readonly tableExists: boolean;
  /** Sequences behind the defaults of columns. */
  readonly sequences: readonly (TableName & { readonly column: string })[];
  readonly state: StateFound;
};

/** Lists the grants a login needs for exactly this question, in the order in which they have to be run (features §3.6). */
export function neededGrants(question: GrantQuestion, facts: GrantFacts): GrantLine[] {
  const to = `TO ${quoteName(facts.user)};`;
  const { schema, name } = question.table;
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
  if (question.role === "destination") {
    const keepsKeys = question.writeMode !== undefined && writeModeRules[question.writeMode].keepsKeys;
    const target = name !== undefined && facts.tableExists ? { schema, name } : undefined;
    const writes = target ? writeLines(question, target, facts, to) : [createLine(schema, to)];
    const keeping = question.keepsState === "headgate" ? [] : stateGrants({ ...facts, keepsKeys }, to);
    return [...lines, temporaryLine(facts, to), ...writes, ...keeping];
  }
  return [...lines, ...(name === undefined ? schemaLines(schema, facts, to) : readLines(question, name, facts, to))];
}

function readLines({ table, columns }: GrantQuestion, name: string, facts: GrantFacts, to: string): GrantLine[] {
  const { schema } = table;
  const select = tableLine("SELECT", "Reads the rows.", { schema, name }, columns, to);
  // Rights on future tables cannot be limited to columns, so with columns they would give more than was asked for.
  return columns ? [select] : [select, ...futureGrants({ ...facts, schema }, ["SELECT"])];
}

function schemaLines(schema: string, facts: GrantFacts, to: string): GrantLine[] {
  const sql = `GRANT SELECT ON ALL TABLES IN SCHEMA ${quoteName(schema)} ${to}`;
  const right: Right = { on: "tables of schema", schema, privileges: ["SELECT"] };
  const select = line("select", sql, "Reads the rows of every table and view there.", right);
  return [select, ...futureGrants({ ...facts, schema }, ["SELECT"])];
}

function temporaryLine({ database }: GrantFacts, to: string): GrantLine {
  return line(
    "temporary",
    `GRANT TEMPORARY ON DATABASE ${quoteName(database)} ${to}`,
    "Collects the rows in a temporary table before they are written, so that a run is all or nothing.",
    { on: "database", privileges: ["TEMPORARY"] },
  );
}

function createLine(schema: string, to: string): GrantLine {
  const sql = `GRANT CREATE ON SCHEMA ${quoteName(schema)} ${to}`;
  const right: Right = { on: "schema", schema, privileges: ["CREATE"] };
  return line("create", sql, "Creates the table, and owns it from then on.", right);
}

function writeLines(question: GrantQuestion, table: TableName, facts: GrantFacts, to: string): GrantLine[] {
  const { columns, writeMode = "append", syncKey = [] } = question;
  const { creates, updates, deletes } = writeModeRules[writeMode];
  const changing = columns?.filter((name) => !syncKey.includes(name));
  const wanted = [
    // On the whole table: telling new rows from changed ones reads a system column, which no column grant covers.
    tableLine("SELECT", "Compares with the rows that are already there.", table, undefined, to),
    creates && tableLine("INSERT", "Adds rows.", table, columns, to),
    updates &&
      changing?.length !== 0 &&
      tableLine("UPDATE", "Changes rows that are already there.", table, changing, to),
    deletes && tableLine("DELETE", "Deletes rows that are no longer at the source.", table, undefined, to),
  ];
  const privileges = [
    "SELECT",
    ...Object.entries({ INSERT: creates, UPDATE: updates, DELETE: deletes }).flatMap(given),
  ];
  return [
    ...wanted.filter((one) => one !== false),
    ...(creates ? sequenceLines(facts, columns, to) : []),
    ...(columns ? [] : futureGrants({ ...facts, schema: table.schema }, privileges)),
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
