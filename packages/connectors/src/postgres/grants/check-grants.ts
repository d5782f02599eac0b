import type { GrantVerdict } from "@headgate/contract";
import {
  neededGrants,
  rowSecuritySql,
  type GrantFacts,
  type GrantLine,
  type GrantQuestion,
  type PostgresTarget,
} from "@headgate/core";
import type { PostgresContext } from "../context.ts";
import { readVerdict } from "../read-verdict.ts";
import { askGrants } from "./ask-grants.ts";
import { findGrantFacts } from "./grant-facts.ts";

/**
 * Lists the grants this login needs for a table or a schema and asks the server for each whether it is there. Where the
 * database cannot even be opened, the list is as good as it can be without looking.
 */
export async function checkGrants(
  target: PostgresTarget,
  question: GrantQuestion,
  context: PostgresContext,
): Promise<GrantVerdict> {
  const verdict = await readVerdict<GrantVerdict>(target, context, "table", async (session) => {
    const facts = await findGrantFacts(session, question);
    const lines = neededGrants(question, facts);
    const granted = await askGrants(session, lines);
    return {
      status: "succeeded",
      user: facts.user,
      lines: lines.map((line, index) => shown(line, granted[index] ?? false)),
      rowSecurity: facts.rowSecurity ? { sql: rowSecuritySql(question, facts.user) } : null,
    };
  });
  if (verdict.status === "succeeded" || verdict.failure.code !== "database_forbidden") return verdict;
  const lines = neededGrants(question, unseen(target));
  return {
    status: "succeeded",
    user: target.user,
    lines: lines.map((line) => shown(line, line.id === "connect" ? false : null)),
    rowSecurity: null,
  };
}

/** Nothing is known but what the question says: the table is taken to be there, and Headgate's schema not. */
function unseen({ database, user }: PostgresTarget): GrantFacts {
  return { database, user, owners: [], tableExists: true, sequences: [], state: "nothing" };
}

function shown({ id, sql, sentence, optional }: GrantLine, granted: boolean | null) {
  return { id, sql, sentence, optional, granted };
}
