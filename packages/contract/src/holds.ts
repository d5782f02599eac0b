import { z } from "zod";
import { countSchema as count } from "./fields.ts";

/** Why a run stopped before it wrote anything and waits for a person (reliability §4.3, §4.5). */
export const holdReasons = [
  "first_on_filled",
  "too_many_deletes",
  "source_empty",
  "source_changed",
  "question_changed",
  "place_lost",
  "unusual_count",
] as const;

/** What a person can answer where nobody can tell which rows were added already. */
export const placeChoices = ["read_all", "go_on"] as const;
export type PlaceChoice = (typeof placeChoices)[number];

/** What a run would do to the destination once a person says yes. Nothing was written. */
export const holdSchema = z.object({
  reason: z.enum(holdReasons),
  destinationRows: count,
  created: count,
  updated: count,
  deleted: count,
  /** How many rows a run of the flow usually reads, where that is the question. */
  usual: count.optional(),
  /** Up to 20 keys of rows that would go, as PostgreSQL writes them. */
  sampleKeys: z.array(z.string()),
  /** What a person types to say yes: the number that matters. */
  confirmWith: z.string(),
});
export type Hold = z.infer<typeof holdSchema>;

/** A person's yes to a hold. It counts for deletes, or for rows that are added, up to that number and a tenth. */
export const confirmationSchema = holdSchema
  .pick({ reason: true, deleted: true })
  .extend({ created: count.optional(), choice: z.enum(placeChoices).optional() });
export type Confirmation = z.infer<typeof confirmationSchema>;
