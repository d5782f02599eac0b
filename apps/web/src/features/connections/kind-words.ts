import type { ConnectionKind } from "@headgate/contract";

/** The kinds of destination as people choose between them. */
export const kindWords: Readonly<Record<ConnectionKind, { readonly title: string; readonly text: string }>> = {
  postgres: { title: "PostgreSQL table", text: "Rows are added, changed or deleted in a table of another database." },
  events: { title: "Event API", text: "RudderStack or Segment: every row becomes an identify or a track event." },
  webhook: { title: "Webhook", text: "Rows are sent as JSON to any web address, signed if you like." },
  files: { title: "Files", text: "CSV, JSON Lines or Parquet, in a folder or in S3-compatible storage." },
};

/** In the order in which they are offered. */
export const offeredKinds: readonly ConnectionKind[] = ["postgres", "events", "webhook", "files"];
