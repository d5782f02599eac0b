import type { EventDialect } from "@headgate/contract";

export const eventsFormCopy = {
  legend: "Event API",
  dialect: "Which product takes the events?",
  writeKey: "Write key",
  writeKeyNew: "Stored encrypted, and never shown again",
  writeKeyMissing: "Enter the write key.",
  whereTitle: "Where do I find these two?",
  more: "More",
  moreHint: "How many requests at a time, compression, an authority of your own",
  lanes: "Requests at a time",
  lanesHint: "1 to 16. With 1, events arrive in the order of the rows; more is faster.",
  gzip: "Compress the requests",
  gzipHint: "A fifth of the traffic. Every event API of this kind understands it.",
} as const;

type DialectCard = {
  readonly title: string;
  readonly text: string;
  readonly address: string;
  readonly addressHint: string;
  /** The address everybody uses, where there is one. */
  readonly usual: string;
  /** How to find address and key, step by step. */
  readonly steps: readonly string[];
};

export const dialectCards: Readonly<Record<EventDialect, DialectCard>> = {
  rudderstack: {
    title: "RudderStack",
    text: "Its cloud, or one you run yourself. Also for others that speak its HTTP API.",
    address: "Data plane URL",
    addressHint: "For example https://yourteam.dataplane.rudderstack.com",
    usual: "",
    steps: [
      "Open RudderStack and go to Connections: the data plane URL stands at the top, with a button to copy it.",
      "Add a source of the kind HTTP, or open the one you have.",
      "Its Setup tab shows the write key. It belongs to this one source.",
    ],
  },
  segment: {
    title: "Segment",
    text: "Twilio Segment and others that speak its Tracking API.",
    address: "Address of the API",
    addressHint: "https://api.segment.io, or https://events.eu1.segmentapis.com for workspaces in the EU",
    usual: "https://api.segment.io",
    steps: [
      "Open Segment and go to Connections, then Sources.",
      "Add a source of the kind HTTP API, or open the one you have.",
      "Settings, then API Keys: the write key stands there. Settings also say whether the workspace is in the EU.",
    ],
  },
};
