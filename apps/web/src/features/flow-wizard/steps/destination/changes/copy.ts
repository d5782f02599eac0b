import type { ChangesBy, Stream } from "@headgate/contract";

export const changesCopy = {
  title: "How does a run find what is new or changed?",
  ways: {
    xmin: {
      title: "By PostgreSQL's own mark",
      text: "PostgreSQL notes with each row which change wrote it. Nothing is missed and no column has to be kept up to date.",
    },
    compare: {
      title: "By comparing all rows",
      text: "Every run reads all rows and sends those that differ from what it saw last, by 16 bytes kept for each. Nothing is missed; it takes as long as reading everything.",
    },
    cursor: {
      title: "By a column that grows",
      text: "Quick, but rows are missed that are committed later than the look-back, or changed without that column changing.",
    },
  } satisfies Record<ChangesBy, { title: string; text: string }>,
  column: "Column that grows with every change",
  lookBack: "Minutes to look back",
  lookBackHint: "Rows of that time are read again in every run; with a key that changes nothing.",
  narrow: "Look only at rows from lately",
  narrowHint: (kind: Stream["kind"]): string =>
    `Makes runs of a large ${kind === "table" ? "table" : "partitioned table"} quicker where the column has an index. Rows whose time did not change with them are not found.`,
  narrowNone: "No, look at all rows",
  hours: "Hours to look back",
  hoursHint: "Longer than the longest transaction at the source takes.",
} as const;
