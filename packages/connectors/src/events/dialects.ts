import type { EventDialect } from "@headgate/contract";

export type DialectRule = {
  readonly path: string;
  readonly eventBytes: number;
  readonly batchBytes: number;
};

/**
 * What the two event APIs accept (features §3.7): 32 KB an event; a batch of 4 MB at RudderStack, 500 KB at Segment.
 * A kilobyte is taken as 1,000 bytes where it is a batch's, so that a receiver that counts either way is content.
 */
export const dialects = {
  rudderstack: { path: "/v1/batch", eventBytes: 32 * 1024, batchBytes: 4_000_000 },
  segment: { path: "/v1/batch", eventBytes: 32 * 1024, batchBytes: 500_000 },
} as const satisfies Record<EventDialect, DialectRule>;

/** More in one request gains nothing: 500 and 1,000 events a request are equally fast, and a retry repeats less. */
export const packBytes = 480_000;
export const packEvents = 1_000;
