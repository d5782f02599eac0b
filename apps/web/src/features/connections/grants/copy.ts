export const grantCopy = {
  title: "Rights this needs",
  intro: (user: string) =>
    `Send the script to whoever runs the database. It gives ${user} exactly what is needed here and nothing more.`,
  complete: "All rights are there",
  missing: (count: number) => (count === 1 ? "One right is missing" : `${count} rights are missing`),
  script: "Script",
  copy: "Copy script",
  copyMissing: "Copy missing lines",
  again: "Check again",
  loading: "Asking the database which rights are there…",
  optional: "Optional",
  states: { granted: "Granted", missing: "Missing", unknown: "Not known yet" },
  checkedAt: (time: string) => `Checked at ${time}.`,
  nothingNew: "Nothing has changed yet.",
  nowThere: (sentences: readonly string[]) => `Now granted: ${sentences.join(" ")}`,
  nowGone: (sentences: readonly string[]) => `No longer granted: ${sentences.join(" ")}`,
  scopeLegend: "Which tables?",
  oneTable: (table: string) => `Only ${table}`,
  wholeSchema: (schema: string) => `All of schema ${schema}`,
} as const;

export const messageCopy = {
  title: "Message for your administrator",
  intro: "Ready to send. It holds everything they need and no password.",
  copy: "Copy message",
} as const;

type PolicyCopy = { readonly title: string; readonly text: (user: string) => string; readonly aside: string };

/** Row security has nothing to do with grants, so it is explained beside them. */
export const policyCopy: Readonly<Record<"source" | "destination", PolicyCopy>> = {
  source: {
    title: "A policy may hide rows of this table",
    text: (user) =>
      `Row security is switched on: whatever its rights, ${user} sees only the rows that a policy lets through. Headgate never takes part of a table for all of it, so a run would be refused. The owner of the table can make a view of the rows meant for you with these lines. Then choose the view as your table.`,
    aside:
      "A superuser could also let this user past every policy (BYPASSRLS). That opens all protected tables to it, so the script never asks for it.",
  },
  destination: {
    title: "A policy decides which rows may be written here",
    text: (user) =>
      `Row security is switched on: whatever its rights, ${user} reads and writes only what a policy lets through. The owner of the table can add a policy with this line.`,
    aside: "With it this user sees and writes every row of this one table, as far as its rights go.",
  },
};
export const policyCopyButton = "Copy for the owner";

export const loginCopy = {
  question: "No login for this database yet?",
  open: "Get a script that makes one",
  title: "A login for Headgate",
  intro: "Whoever runs the database can run this script. It makes a login with just the rights that Headgate needs.",
  role: "What is it for?",
  roles: { source: "Reading rows", destination: "Writing rows" },
  user: "User name of the new login",
  database: "Database",
  scopes: "Schemas or tables",
  scopesHint: "For example public, or sales.orders for one table. Commas between several.",
  scopesFault: "Enter names such as public or sales.orders, with commas between them.",
  later: "Also for tables that are made later",
  deletes: "May delete rows",
  deletesHint: "Only for flows that take away what is gone at the source.",
  script: "Script",
  incomplete: "Fill in the fields above, and the script appears here.",
  password: (placeholder: string) =>
    `They replace ${placeholder} with a password of their own and tell you by a safe way. Until they do, the script refuses to run.`,
  copy: "Copy script",
  use: "Put user and database into the form",
} as const;
