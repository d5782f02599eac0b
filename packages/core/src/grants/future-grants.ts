import type { GrantLine } from "./grant-line.ts";
import { quoteBody, quoteName, quoteText } from "./quote-name.ts";

const sentence = "Keeps the flow running when a table is dropped and made anew. Covers new tables of the schema.";

/**
 * Default privileges count only for tables made by the role they name; without FOR ROLE that is whoever runs the
 * script, which is why the scripts of others often do nothing (features §3.6).
 */
export function futureGrants(
  { schema, owners, user }: { readonly schema: string; readonly owners: readonly string[]; readonly user: string },
  privileges: readonly string[],
): GrantLine[] {
  return owners.map((owner) => ({
    id: owners.length === 1 ? "future" : `future:${owner}`,
    sql:
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteName(owner)} IN SCHEMA ${quoteName(schema)} ` +
      `GRANT ${privileges.join(", ")} ON TABLES TO ${quoteName(user)};`,
    sentence,
    optional: true,
    right: { on: "future tables", schema, owner, privileges },
  }));
}

/** The same where nobody could look who the owners are: the statement looks for itself. */
export function futureBlock(schema: string, user: string, rights: readonly string[]): Omit<GrantLine, "right"> {
  const names = `owner, ${quoteText(schema)}, ${quoteText(user)}`;
  const statement = (right: string) =>
    `    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT ${right} TO %I', ${names});`;
  const body = [
    "DECLARE owner name;",
    "BEGIN",
    `  FOR owner IN SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = ${quoteText(schema)} LOOP`,
    ...rights.map(statement),
    "  END LOOP;",
    "END",
  ].join("\n");
  return { id: `future:${schema}`, sql: `DO ${quoteBody(body)};`, sentence, optional: true };
}
