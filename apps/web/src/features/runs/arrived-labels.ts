import type { SinkKind } from "@headgate/contract";

/** What the rows are called that arrived, towards each kind of destination. */
export const arrivedLabels: Readonly<Record<SinkKind, string>> = {
  postgres: "New",
  events: "Sent",
  webhook: "Sent",
  files: "Written",
};
