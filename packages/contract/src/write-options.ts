import { z } from "zod";

/** Where it is written down how far a flow has come: beside its rows, in their transaction, or in our own store. */
export const keepsStates = ["destination", "headgate"] as const;
export const keepsStateSchema = z.enum(keepsStates);
export type KeepsState = z.infer<typeof keepsStateSchema>;
