import { futureBlock } from "./future-grants.ts";
import type { GrantLine } from "./grant-line.ts";
import type { GrantScope } from "./grant-scopes.ts";
import { quoteName, quoteTable } from "./quote-name.ts";
import { stateGrants } from "./state-grants.ts";

export type LoginQuestion = {
  readonly role: "source" | "destination";
  readonly user: string;
  readonly database: string;
  readonly scopes: readonly GrantScope[];
  /** Tables made later are covered too. */
  readonly later: boolean;
  /** For write modes that take rows away again. */
  readonly deletes: boolean;
};

export type ScriptLine = Omit<GrantLine, "right">;

/** No quotes around it: a script that was run without a password of its own stops here, with a syntax error. */
export const passwordPlaceholder = "<a strong password in quotes>";

/** Makes a login and gives it what it needs, for somebody who has no connection yet, in the order to run it in. */
export function loginScript(question: LoginQuestion): ScriptLine[] {
  const { role, user, database, scopes, later } = question;
  const to = `TO ${quoteName(user)};`;
  const line = (id: string, sql: string, sentence: string): ScriptLine => ({ id, sql, sentence, optional: false });
  const schemas = [...new Set(scopes.map(({ schema }) => schema))];
  const writes = role === "destination";
  const enters = writes ? "USAGE, CREATE" : "USAGE";
  const privileges = writes ? ["SELECT", "INSERT", "UPDATE", ...(question.deletes ? ["DELETE"] : [])] : ["SELECT"];
  const onTables = `${privileges.join(", ")} ON TABLES`;
  return [
    line("user", `CREATE USER ${quoteName(user)} PASSWORD ${passwordPlaceholder};`, "Makes the login."),
    line(
      "database",
      `GRANT ${writes ? "CONNECT, TEMPORARY" : "CONNECT"} ON DATABASE ${quoteName(database)} ${to}`,
      writes ? "Opens the database, and collects rows there before they are written." : "Opens the database.",
    ),
    ...schemas.map((schema) =>
      line(
        `schema:${schema}`,
        `GRANT ${enters} ON SCHEMA ${quoteName(schema)} ${to}`,
        writes ? "Enters the schema, and makes tables in it." : "Enters the schema.",
      ),
    ),
    ...scopes.map((scope) =>
      line(
        `tables:${scope.schema}.${scope.name ?? ""}`,
        `GRANT ${privileges.join(", ")} ON ${tablesOf(scope)} ${to}`,
        writes ? "Reads and writes the rows." : "Reads the rows.",
      ),
    ),
    ...(writes
      ? schemas.map((schema) =>
          line(
            `sequences:${schema}`,
            `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${quoteName(schema)} ${to}`,
            "Takes the next number for columns that number their rows.",
          ),
        )
      : []),
    ...(writes ? stateLines(to) : []),
    ...(later
      ? schemas.map((schema) => futureBlock(schema, user, writes ? [onTables, "USAGE ON SEQUENCES"] : [onTables]))
      : []),
  ];
}

function tablesOf({ schema, name }: GrantScope): string {
  return name === undefined ? `ALL TABLES IN SCHEMA ${quoteName(schema)}` : `TABLE ${quoteTable({ schema, name })}`;
}

/** Another login may have made the table of the flows' state already; then this one needs rights on it too. */
function stateLines(to: string): ScriptLine[] {
  const all: ScriptLine = {
    id: "state_tables",
    sql: `GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA "headgate" ${to}`,
    sentence: "The same where another login of Headgate has been at work.",
    optional: false,
  };
  return [...stateGrants({ state: "nothing" }, to).map(({ right: _right, ...shown }) => shown), all];
}

/** The script as text, each statement under a comment that says what it is for. Comments hold no names. */
export function scriptText(lines: readonly Pick<GrantLine, "sql" | "sentence" | "optional">[]): string {
  return lines
    .map(({ sql, sentence, optional }) => `-- ${optional ? "Optional. " : ""}${sentence}\n${sql}`)
    .join("\n\n");
}
