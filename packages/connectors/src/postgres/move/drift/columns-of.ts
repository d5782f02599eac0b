import { createHash } from "node:crypto";
import type { Stream } from "@headgate/contract";
import { z } from "zod";

/** One column as far as a run depends on it. */
const columnSchema = z.object({ name: z.string(), type: z.string(), notNull: z.boolean(), generated: z.boolean() });
export type KnownColumn = z.infer<typeof columnSchema>;

/** The columns of both tables as the last run found them; kept at the destination beside the flow's position. */
export const knownColumnsSchema = z.object({
  /** Which tables these are; of others nothing is known yet. */
  tables: z.string(),
  source: z.array(columnSchema),
  destination: z.array(columnSchema),
});
export type KnownColumns = z.infer<typeof knownColumnsSchema>;

/** What of a table is remembered until the next run. */
export function columnsOf({ fields }: Pick<Stream, "fields">): KnownColumn[] {
  return fields.map(({ name, type, nullable, generated }) => ({ name, type, notNull: !nullable, generated }));
}

/** Stands for exactly these columns when a person says yes to them. */
export function digestOf(columns: KnownColumns): string {
  return createHash("sha256").update(JSON.stringify(columns)).digest("base64url");
}
