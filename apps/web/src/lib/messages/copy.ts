/** One failure in words: what happened, why, and what to do now. No codes, no SQLSTATE, no blame. */
export type Copy = { readonly title: string; readonly why: string; readonly next: string };

/** Names are shown in quotation marks, so that a table called "orders" reads as a name in a sentence. */
const names = new Set(["database", "user", "schema", "table", "column", "columns", "constraint", "type"]);

/** What to say where the other side did not tell. */
const unknown: Readonly<Record<string, string>> = {
  host: "the server",
  address: "that address",
  port: "the given port",
  database: "the database",
  user: "this user",
  schema: "this schema",
  table: "the table",
  column: "a column",
  columns: "the key columns",
  constraint: "a rule of the table",
  type: "its type",
  names: "other names",
  issuer: "an unknown authority",
  expired: "the end of its validity",
  seconds: "the allowed",
  limit: "its limit",
  stage: "an early stage",
  side: "the database",
  sshUser: "this user",
  fingerprint: "it has now",
  accepted: "another one",
  authority: "that service",
  ourAddress: "Headgate's machine",
};

/** Puts facts into the `{braces}` of a sentence; a missing fact becomes plain words instead of a hole. */
export function fill(sentence: string, facts: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{([a-zA-Z]+)\}/g, (_, name: string, at: number) => {
    const fact = facts[name];
    if (fact !== undefined && fact !== "") return names.has(name) ? `“${fact}”` : fact;
    const words = unknown[name] ?? "";
    // A host keeps its small letter at the start of a sentence; our own words do not.
    return at === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  });
}

export function fillCopy(copy: Copy, facts: Readonly<Record<string, string>>): Copy {
  return { title: fill(copy.title, facts), why: fill(copy.why, facts), next: fill(copy.next, facts) };
}
