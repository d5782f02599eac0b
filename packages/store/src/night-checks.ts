import { z } from "zod";
import { many, type Queryable } from "./db.ts";

/** A saved connection that this worker is to test now. */
export type NightCheck = {
  readonly id: string;
  readonly revision: number;
  /** By the store's clock. */
  readonly began: Date;
  /** The last check of these very details succeeded. */
  readonly worked: boolean;
};

const nightCheckSchema = z.object({ id: z.string(), revision: z.int(), began: z.date(), worked: z.boolean() });

/** A check takes at most 15 seconds (`checkMs`); a person's that began longer ago has ended, or its process has died. */
const personSeconds = 20;

/**
 * Takes up to `limit` saved connections whose moment of the night has come since their last test. Each has a moment of
 * its own between 02:00 and 04:00 in `timeZone`, the same every night; a machine that was off then makes good for it
 * when it is back. Any number of workers may ask at once: none is given what another one has. Whatever comes of it, a
 * connection is taken once in twelve hours at most, so that nobody's account is locked by a password that fails.
 */
export function claimNightChecks(
  db: Queryable,
  { timeZone, limit, now }: { readonly timeZone: string; readonly limit: number; readonly now?: Date },
): Promise<NightCheck[]> {
  return many(
    db,
    nightCheckSchema,
    `with clock as (select coalesce($3::timestamptz, now()) as now),
     due as materialized (
       select connections.id
         from connections
         cross join clock
         cross join lateral (select date_trunc('day', clock.now at time zone $1) + interval '2 hours'
                                    + make_interval(secs => (hashtext(connections.id::text) & 2147483647) % 7200) as today) moment
         cross join lateral (select (case when moment.today <= clock.now at time zone $1 then moment.today
                                          else moment.today - interval '1 day' end) at time zone $1 as slot) night
        where practice_side is null
          -- A receiver would count a question by night as traffic; a folder or bucket tells with every run.
          and kind = 'postgres'
          and slot > greatest((last_check ->> 'at')::timestamptz, created_at)
          and (night_check_at is null or night_check_at <= clock.now - interval '12 hours')
          and (check_began_at is null or check_began_at < clock.now - interval '${personSeconds} seconds')
        order by slot limit $2 for update of connections skip locked)
     update connections set night_check_at = clock.now
       from due, clock
      where connections.id = due.id
     returning connections.id, connections.revision, clock.now as began,
               coalesce(last_check ->> 'status' = 'succeeded' and (last_check -> 'revision')::int = revision, false) as worked`,
    [timeZone, limit, now ?? null],
  );
}
