import type { GrantQuestion } from "./needed-grants.ts";
import { quoteName, quoteTable } from "./quote-name.ts";

/**
 * What the owner of a table can do where a row security policy judges this login. At the source a view, because a run
 * refuses to read through a policy (V24); at the destination a policy of its own. Never BYPASSRLS: that opens every
 * protected table of the server at once.
 */
export function rowSecuritySql({ role, table, columns }: GrantQuestion, user: string): string {
  const { schema, name = "" } = table;
  const [from, to] = [quoteTable({ schema, name }), quoteName(user)];
  if (role === "destination") {
    return `CREATE POLICY ${quoteName(`headgate_${user}`)} ON ${from} FOR ALL TO ${to} USING (true) WITH CHECK (true);`;
  }
  const view = quoteTable({ schema, name: `headgate_${name}` });
  const list = columns ? columns.map(quoteName).join(", ") : "*";
  return `CREATE VIEW ${view} AS SELECT ${list} FROM ${from};\nGRANT SELECT ON ${view} TO ${to};`;
}
