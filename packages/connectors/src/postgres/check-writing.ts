import type { CheckRequest, TableName } from "@headgate/contract";
import { neededGrants, type GrantLine } from "@headgate/core";
import { tableFacts } from "./catalog/find-stream.ts";
import { askGrants } from "./grants/ask-grants.ts";
import { findGrantFacts } from "./grants/grant-facts.ts";
import { serverWords } from "./server-words.ts";
import type { Session } from "./session.ts";
import { SessionFault } from "./session-fault.ts";
import type { Survey } from "./survey-database.ts";

/**
 * Whether rows can be written, without writing any: the server takes changes, and this login has every right a run with
 * this table and write mode needs. Throws a `SessionFault`; returns what to show beside the stage.
 */
export async function checkWriting(
  session: Session,
  survey: Survey,
  { table, writeMode }: CheckRequest,
): Promise<string | undefined> {
  if (survey.replica || survey.read_only) {
    const reason = survey.replica ? "replica" : "setting";
    throw new SessionFault("write", "read_only_server", "The server accepts no changes.", { reason });
  }
  if (table) return requireGrants(session, table, writeMode);
  if (survey.writable > 0 || survey.may_create) return undefined;
  throw new SessionFault("write", "write_forbidden", "No table may be written or created.");
}

async function requireGrants(
  session: Session,
  table: TableName,
  writeMode: CheckRequest["writeMode"],
): Promise<string> {
  const question = { role: "destination", table, writeMode } as const;
  const lines = neededGrants(question, await findGrantFacts(session, question)).filter(({ optional }) => !optional);
  const granted = await askGrants(session, lines);
  const missing = lines.filter((_, index) => granted[index] !== true);
  if (missing.length === 0) return serverWords(`${table.schema}.${table.name}`);
  const facts = { ...tableFacts(table), rights: [...new Set(missing.flatMap(privileges))].join(", ") };
  throw new SessionFault("write", "write_forbidden", "Rights are missing.", facts);
}

function privileges({ right }: GrantLine): readonly string[] {
  return "privileges" in right ? right.privileges : right.on === "sequence" ? ["USAGE"] : ["CREATE"];
}
