import type { CheckAsker, CheckVerdict } from "@headgate/contract";
import { instant, type Queryable } from "./db.ts";

/** Notes that a person's check begins, so that the night does not test the same connection beside it. */
export async function noteCheckBegins(db: Queryable, id: string): Promise<void> {
  await db.query("update connections set check_began_at = now() where id = $1", [id]);
}

type Recorded = {
  readonly by: CheckAsker;
  /** When the check began; a verdict that came in later stands. */
  readonly unlessAfter?: Date;
};

/**
 * Remembers what a check of the given revision found; a connection changed in the meantime keeps its own. What a failed
 * check could not see (how long a certificate lasts) stays as it was known.
 */
export async function recordCheck(
  db: Queryable,
  id: string,
  revision: number,
  verdict: CheckVerdict,
  { by, unlessAfter }: Recorded = { by: "person" },
): Promise<void> {
  const succeeded = verdict.status === "succeeded";
  await db.query(
    `update connections
        set last_check = jsonb_build_object('at', ${instant("now()")}, 'revision', $2::int, 'status', $3::text, 'by', $4::text)
                         || $5::jsonb,
            expiries = case when $6::jsonb is null then expiries
                            else jsonb_strip_nulls(expiries || $6::jsonb) end
      where id = $1 and revision = $2
        and ($7::timestamptz is null or coalesce((last_check ->> 'at')::timestamptz, '-infinity') <= $7)`,
    [
      id,
      revision,
      verdict.status,
      by,
      succeeded ? {} : verdict.failure,
      succeeded
        ? {
            server_certificate: verdict.encryption?.expires ?? null,
            password: (verdict.kind === "postgres" && verdict.passwordExpires) || null,
          }
        : null,
      unlessAfter ?? null,
    ],
  );
}

/** [R23] The stored secret cannot be opened: that connection needs attention, whoever found it out. */
export async function recordUnreadable(db: Queryable, id: string, by: CheckAsker): Promise<void> {
  const failure = { stage: "sign_in", code: "secret_unreadable", facts: {}, detail: "" } as const;
  await db.query(
    `update connections
        set last_check = jsonb_build_object('at', ${instant("now()")}, 'revision', revision, 'status', 'failed', 'by', $2::text)
                         || $3::jsonb
      where id = $1`,
    [id, by, failure],
  );
}
