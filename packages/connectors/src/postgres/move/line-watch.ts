import type { PostgresTarget } from "@headgate/core";
import { limitsOf, type PostgresContext } from "../context.ts";
import { openSession } from "../open-session.ts";
import type { Session } from "../session.ts";

/** Notices that an answer will never come, however long a merge may rightly take. */
export type LineWatch = {
  /** From now on, and for this transaction, the server can be asked what the session is doing. */
  beganTransaction(): Promise<void>;
  /** While rows flow, the transfer's own timers watch. */
  rowsFlow(flowing: boolean): void;
  end(): void;
};

/** A dry run has a deadline instead. */
export const unwatched: LineWatch = { beganTransaction: async () => {}, rowsFlow: () => {}, end: () => {} };

const questionToServer = `
select case when state <> 'active' or wait_event = 'ClientRead' then state_change::text end as since
  from pg_catalog.pg_stat_activity where pid = $1`;

/**
 * Looks every `stallMs`, from a second session, whether the server is waiting for us while we wait for it: then the
 * question or its answer was lost on the way, which TCP need not notice (V29). Two looks have to agree. A server that
 * works, or that cannot be asked, is left alone; before a transaction every statement is short, and the two looks do.
 */
export function watchLine(session: Session, target: PostgresTarget, context: PostgresContext): LineWatch {
  const { stallMs } = limitsOf(context);
  const state: { pid?: number; seen?: string | undefined; flowing: boolean; looking: boolean } = {
    flowing: false,
    looking: false,
  };
  const forget = (): void => {
    state.seen = undefined;
  };
  const waits = (): boolean => !state.flowing && !session.isIdle();
  const look = async (): Promise<void> => {
    if (state.looking) return;
    if (!waits()) return forget();
    state.looking = true;
    const before = state.seen;
    const answered = (): boolean => !waits() || state.seen !== before;
    const since = await waitingSince(state.pid, target, context).catch(() => undefined);
    state.looking = false;
    if (since === undefined || answered()) return forget();
    if (since === before) await session.stop();
    else state.seen = since;
  };
  session.client.on("drain", forget);
  const timer = setInterval(() => void look(), stallMs);
  return {
    beganTransaction: async () => {
      const [row] = await session.query<{ pid: number }>("select pg_catalog.pg_backend_pid() as pid");
      if (row) state.pid = row.pid;
    },
    rowsFlow: (flowing) => {
      state.flowing = flowing;
      forget();
    },
    end: () => {
      clearInterval(timer);
      session.client.off("drain", forget);
    },
  };
}

/** Since when the server waits for this session to say something; undefined while it works. */
async function waitingSince(
  pid: number | undefined,
  target: PostgresTarget,
  context: PostgresContext,
): Promise<string | undefined> {
  if (pid === undefined) return "the beginning";
  const signal = AbortSignal.timeout(limitsOf(context).checkMs);
  const asking = await openSession(target, { ...context, signal });
  try {
    const [found] = await asking.query<{ since: string | null }>(questionToServer, [pid]);
    return found ? (found.since ?? undefined) : "it is gone";
  } finally {
    await asking.close();
  }
}
