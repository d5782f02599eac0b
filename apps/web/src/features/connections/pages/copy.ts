import type { CheckAsker } from "@headgate/contract";

export const pagesCopy = {
  title: "Connections",
  lead: "Saved ways to reach a database. A connection can be read from and written to.",
  emptyTitle: "No connections yet",
  emptyText: "Add the first database here, or begin a new flow: it asks for a connection as its first step.",
  newTitle: "New connection",
  newLead: "Tell Headgate how to reach a PostgreSQL database. You can test it right after saving.",
  detailsTitle: "Details",
  detailsText: "Secrets are stored encrypted and never shown again. Leave a field empty to keep what is stored.",
  testTitle: "Test",
  testText: "Headgate tries the connection one step at a time. Nothing is changed at the database.",
  useTitle: "In use",
  notUsed: "No flow uses it yet.",
  notUsedSince: "No run has used it yet.",
  deleteTitle: "Delete",
  deleteText: "The saved password is deleted with it. Nothing happens to the database itself.",
  deleteDrafts: (count: number): string =>
    count === 1
      ? "One unfinished flow has chosen it and will ask for another connection."
      : `${count} unfinished flows have chosen it and will ask for another connection.`,
  attention: "Needs attention",
  testAgain: "Test again",
  testFirst: "Test",
  testing: "Testing",
} as const;

/** Who tested last, behind the time. */
export const askerWords: Readonly<Record<CheckAsker, string>> = {
  person: "by hand",
  night: "by Headgate, at night",
  run: "by a run",
};
