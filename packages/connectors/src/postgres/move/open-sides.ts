import type { PostgresTarget } from "@headgate/core";
import { tableFacts } from "../catalog/find-stream.ts";
import type { PostgresContext } from "../context.ts";
import { openSession } from "../open-session.ts";
import { relationFacts } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import type { MovePlan } from "./column-plan.ts";
import { CopyFault } from "./copy-rows.ts";
import { RunHeld } from "./mirror-guards.ts";
import { runFault, type Side } from "./run-failures.ts";
import type { RunFault } from "./run-fault.ts";

/** Both ends of a move. Whatever fails in `at` is blamed on that side, unless the rows' own stream knows better. */
export type Sides = {
  readonly open: () => Promise<{ readonly source: Session; readonly destination: Session }>;
  /** One more session, beside the others of this side or in place of one that is lost. */
  readonly another: (side: Side) => Promise<Session>;
  readonly at: <T>(side: Side, work: () => Promise<T>) => Promise<T>;
  /** A `RunFault` for any error. */
  readonly fault: (error: unknown) => RunFault;
  readonly close: () => Promise<void>;
};

export function openSides(
  source: PostgresTarget,
  destination: PostgresTarget,
  context: PostgresContext,
  plan: MovePlan,
): Sides {
  const targets = { source, destination };
  const sessions: Session[] = [];
  let failed = false;
  const blame = (side: Side, error: unknown): RunFault => {
    if (error instanceof CopyFault) return blame(error.side, error.cause);
    const columns = plan.fields.map((field) => field[side]);
    return runFault(side, error, {
      target: targets[side],
      facts: side === "source" ? relationFacts(plan.source) : tableFacts(plan.destination.table),
      columns,
    });
  };
  const at = async <T>(side: Side, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      failed = true;
      throw error instanceof RunHeld ? error : blame(side, error);
    }
  };
  const connect = (side: Side): Promise<Session> =>
    at(side, async () => {
      const session = await openSession(targets[side], context);
      sessions.push(session);
      return session;
    });
  return {
    at,
    another: connect,
    fault: (error) => blame("destination", error),
    open: async () => {
      const [one, other] = await Promise.allSettled([connect("source"), connect("destination")]);
      if (one.status === "rejected") throw one.reason;
      if (other.status === "rejected") throw other.reason;
      return { source: one.value, destination: other.value };
    },
    close: async () => {
      // After a failure a COPY or a merge may still be under way; a goodbye would wait for it.
      const end = (session: Session): Promise<void> => (failed ? session.stop() : session.close());
      await Promise.all(sessions.map(end));
    },
  };
}
