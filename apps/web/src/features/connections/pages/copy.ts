export const pagesCopy = {
  title: "Connections",
  lead: "Saved ways to reach a database. A connection can be read from and written to.",
  emptyTitle: "No connections yet",
  emptyText: "Add the first database here, or begin a new flow: it asks for a connection as its first step.",
  newTitle: "New connection",
  newLead: "Tell Headgate how to reach a PostgreSQL database. You can test it right after saving.",
  detailsTitle: "Details",
  detailsText: "The password is stored encrypted and never shown again. Leave its field empty to keep it.",
  testTitle: "Test",
  testText: "Headgate tries the connection one step at a time. Nothing is changed at the database.",
  deleteTitle: "Delete",
  deleteText: "The saved password is deleted with it. Nothing happens to the database itself.",
} as const;
