import type { CheckAsker, ConnectionKind } from "@headgate/contract";

export const pagesCopy = {
  title: "Connections",
  lead: "Saved ways to reach a database, an event API, a webhook or a place for files.",
  emptyTitle: "No connections yet",
  emptyText: "Add the first database here, or begin a new flow: it asks for a connection as its first step.",
  newTitle: "New connection",
  newLead: "Tell Headgate how to reach it. You can test it right after saving.",
  newKind: "What is it?",
  detailsTitle: "Details",
  detailsText: "Secrets are stored encrypted and never shown again. Leave a field empty to keep what is stored.",
  testTitle: "Test",
  testText: {
    postgres: "Headgate tries the connection one step at a time. Nothing is changed at the database.",
    events: "Headgate tries the address and the write key one step at a time. No event is sent.",
    webhook: "Headgate tries the address one step at a time. No message is sent unless you ask for one.",
    files: "Headgate tries the place one step at a time. No file stays behind.",
  } satisfies Record<ConnectionKind, string>,
  useTitle: "In use",
  notUsed: "No flow uses it yet.",
  notUsedSince: "No run has used it yet.",
  deleteTitle: "Delete",
  deleteText: "What is saved of it is deleted, passwords and keys included. Nothing happens at the other end.",
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
