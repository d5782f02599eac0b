import type { CheckedGrant, GrantRequest, GrantVerdict } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { checkGrants } from "../postgres/grants/check-grants.ts";
import { contextWith } from "./targets.ts";

export type Checked = Extract<GrantVerdict, { status: "succeeded" }>;

/** The verdict on a login's grants; throws where the database could not be asked. */
export async function grantsOf(question: GrantRequest, target: PostgresTarget): Promise<Checked> {
  const verdict = await checkGrants(target, question, contextWith());
  if (verdict.status === "failed") throw new Error(JSON.stringify(verdict.failure));
  return verdict;
}

/** `{ connect: true, usage: false }` */
export function granted(lines: readonly CheckedGrant[]): Record<string, boolean | null> {
  return Object.fromEntries(lines.map((line) => [line.id, line.granted]));
}

/** What `granted` says where every line has the same answer. */
export function allOf<T>(lines: readonly CheckedGrant[], value: T): Record<string, T> {
  return Object.fromEntries(lines.map(({ id }) => [id, value]));
}

/** Takes back what one line gave. */
export function undone({ sql }: { readonly sql: string }): string {
  return sql
    .replace(/^CREATE SCHEMA [^;]*; /, "")
    .replace(/(^|IN SCHEMA .* )GRANT /, "$1REVOKE ")
    .replace(/ TO ([^ ]*);$/, " FROM $1;");
}

/** The lines as one script. */
export function scriptOf(lines: readonly { readonly sql: string }[]): string {
  return lines.map(({ sql }) => sql).join("\n");
}
