import { z } from "zod";

/** Where it is written down how far a flow has come: beside its rows, in their transaction, or in our own store. */
export const keepsStates = ["destination", "headgate"] as const;
export const keepsStateSchema = z.enum(keepsStates);
export type KeepsState = z.infer<typeof keepsStateSchema>;

/** What an update may overwrite: every value, also by NULL; never by NULL; or only what is NULL at the destination. */
export const overwriteModes = ["always", "with_values", "empty_only"] as const;
export const overwritesSchema = z.enum(overwriteModes);
export type Overwrites = z.infer<typeof overwritesSchema>;

/** What a column may be asked besides its names. */
export const columnOptions = {
  /** Matters where rows are updated. Absent: always. */
  overwrites: overwritesSchema.optional(),
};
