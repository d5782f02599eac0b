import type { WriteMode } from "@headgate/contract";
import { append } from "./append.ts";
import { insertMissing } from "./insert-missing.ts";
import { mirror } from "./mirror.ts";
import { replace } from "./replace.ts";
import { update } from "./update.ts";
import { upsert } from "./upsert.ts";
import type { WriteJob, Written } from "./write-job.ts";

/** How each write mode puts rows into a table, inside the transaction of the run. */
export const writers: Record<WriteMode, (job: WriteJob) => Promise<Written>> = {
  append,
  insert_missing: insertMissing,
  update,
  upsert,
  mirror,
  replace,
};
