import { instantSchema } from "@headgate/contract";
import { z } from "zod";
import { instant, many, type Queryable } from "./db.ts";

/** A worker that has been silent for longer does not count as alive. */
export const workerSilenceSeconds = 30;

const workerSchema = z.object({
  id: z.string(),
  version: z.string(),
  startedAt: instantSchema,
  seenAt: instantSchema,
});
export type LiveWorker = z.infer<typeof workerSchema>;

/** Says that a worker is alive; to be repeated every few seconds. Rows of workers long gone are cleared on the way. */
export async function beat(db: Queryable, worker: { readonly id: string; readonly version: string }): Promise<void> {
  await db.query(
    `with gone as (delete from workers where seen_at < now() - interval '1 hour' and id <> $1)
     insert into workers (id, version) values ($1, $2)
     on conflict (id) do update set seen_at = now(), version = excluded.version`,
    [worker.id, worker.version],
  );
}

/** Takes a worker that stops off the list at once. */
export async function sayGoodbye(db: Queryable, workerId: string): Promise<void> {
  await db.query("delete from workers where id = $1", [workerId]);
}

/** The workers heard of lately. */
export function liveWorkers(db: Queryable): Promise<LiveWorker[]> {
  return many(
    db,
    workerSchema,
    `select id, version, ${instant("started_at")} as "startedAt", ${instant("seen_at")} as "seenAt"
       from workers where seen_at > now() - make_interval(secs => $1) order by id`,
    [workerSilenceSeconds],
  );
}
