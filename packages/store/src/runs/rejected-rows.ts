import { rejectedRowSchema, type RejectedRow } from "@headgate/contract";
import { z } from "zod";
import { maybeOne, type Queryable } from "../db.ts";
import type { SecretBox } from "../secrets/secret-box.ts";

/** Days that a list of rejected rows is kept (R34). */
export const rejectedRowsDays = 14;

const sealedSchema = z.object({
  keyId: z.string(),
  wrappedKey: z.instanceof(Buffer),
  ciphertext: z.instanceof(Buffer),
});

const placeOf = (runId: string) => ({ table: "rejected_rows", rowId: runId, field: "rows", version: 1 });

/** Writes down, sealed, which rows a run set aside, in place of what an earlier attempt wrote. */
export async function saveRejectedRows(
  { db, secrets }: { readonly db: Queryable; readonly secrets: SecretBox },
  runId: string,
  rows: readonly RejectedRow[],
): Promise<void> {
  const { keyId, wrappedKey, ciphertext } = secrets.seal(placeOf(runId), JSON.stringify(rows));
  await db.query(
    `insert into rejected_rows (run_id, key_id, wrapped_key, ciphertext) values ($1, $2, $3, $4)
     on conflict (run_id) do update set key_id = excluded.key_id, wrapped_key = excluded.wrapped_key,
        ciphertext = excluded.ciphertext, created_at = now()`,
    [runId, keyId, wrappedKey, ciphertext],
  );
}

/** The rows a run set aside; none when it set none aside, or too long ago. Throws `SecretUnreadableError`. */
export async function readRejectedRows(
  { db, secrets }: { readonly db: Queryable; readonly secrets: SecretBox },
  runId: string,
): Promise<RejectedRow[]> {
  const sealed = await maybeOne(
    db,
    sealedSchema,
    `select key_id as "keyId", wrapped_key as "wrappedKey", ciphertext from rejected_rows where run_id = $1`,
    [runId],
  );
  if (!sealed) return [];
  return z.array(rejectedRowSchema).parse(JSON.parse(secrets.open(placeOf(runId), sealed)));
}

/** Throws away lists that are older than two weeks; says how many. */
export async function forgetRejectedRows(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    "delete from rejected_rows where created_at < now() - make_interval(days => $1)",
    [rejectedRowsDays],
  );
  return rowCount ?? 0;
}
