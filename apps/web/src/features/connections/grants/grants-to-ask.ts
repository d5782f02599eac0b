import type { CheckFailure, GrantRequest } from "@headgate/contract";

/** What a check says when a right is missing, or might be. */
const aboutRights: readonly string[] = [
  "database_forbidden",
  "schema_forbidden",
  "no_tables",
  "table_forbidden",
  "write_forbidden",
];

/** The question behind a failed check, or undefined where no right would help. */
export function grantsToAsk(
  { stage, code, facts }: Pick<CheckFailure, "stage" | "code" | "facts">,
  role: GrantRequest["role"],
): GrantRequest | undefined {
  if (!aboutRights.includes(code)) return undefined;
  const { schema, table } = facts;
  return {
    role: stage === "write" ? "destination" : role,
    // Where nobody could look in, most databases keep their tables in `public`.
    table: { schema: schema || "public", ...(table && { name: table }) },
  };
}
