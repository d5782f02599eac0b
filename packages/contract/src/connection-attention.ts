import { z } from "zod";
import { checkCodeSchema } from "./connection-check.ts";

/** What a connection depends on and what ends on a known day. */
export const expiryKinds = [
  "server_certificate",
  "ca_certificate",
  "client_certificate",
  "entra_certificate",
  "entra_secret",
  "password",
] as const;
export const expiryKindSchema = z.enum(expiryKinds);
export type ExpiryKind = z.infer<typeof expiryKindSchema>;

/** The last day of each that is known to end, `2027-01-31`. */
export const connectionExpiriesSchema = z.partialRecord(expiryKindSchema, z.iso.date());
export type ConnectionExpiries = z.infer<typeof connectionExpiriesSchema>;

/** How near an end is: within 30 days, within 7, or past. */
export const expiryLevels = ["month", "week", "expired"] as const;

export const expiryWarningSchema = z.object({
  kind: expiryKindSchema,
  on: z.iso.date(),
  level: z.enum(expiryLevels),
  /** 0 on the last day, negative after it. */
  daysLeft: z.int(),
});
export type ExpiryWarning = z.infer<typeof expiryWarningSchema>;

/** Why somebody should look at a connection. */
export const connectionAttentionSchema = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("secret_unreadable") }),
  z.object({ reason: z.literal("check_failed"), code: checkCodeSchema }),
  z.object({ reason: z.literal("expiry"), warning: expiryWarningSchema }),
]);
export type ConnectionAttention = z.infer<typeof connectionAttentionSchema>;
