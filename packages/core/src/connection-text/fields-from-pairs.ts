import { hostFault, portSchema, type TlsMode } from "@headgate/contract";
import { lettersOf, meaningOf } from "./parameters.ts";
import type { Pair } from "./pair.ts";
import { refuse } from "./refusal.ts";
import { readTls, type TlsFacts } from "./tls-words.ts";

export type ConnectionFields = {
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  password?: string;
  tlsMode?: TlsMode;
};

export type ReadFields = { readonly fields: ConnectionFields; readonly notes: string[] };

/** `unknown` is the sentence for a key nobody knows; absent, such keys are left out with a note. */
export function fieldsFromPairs(pairs: readonly Pair[], unknown?: string): ReadFields {
  const texts: Partial<Record<"host" | "port" | "database" | "user" | "password", string>> = {};
  const tls: TlsFacts = {};
  const leftOut = new Set<string>();
  const put = <K extends string>(record: Partial<Record<K, string>>, name: K, { value, key, from }: Pair): void => {
    const other = record[name];
    if (name === "host" && from === "query" && other !== undefined)
      refuse("The text names a second server address after the question mark. Keep only the one you mean.");
    if (other !== undefined && other !== value)
      refuse(`The text says ${shown(key)} twice, and not the same. Keep one.`);
    record[name] = value;
  };
  for (const pair of pairs) {
    const meaning = meaningOf(pair.key);
    if (!meaning && unknown) refuse(unknown);
    if (!meaning || meaning.is === "left out") leftOut.add(shown(pair.key));
    else if (meaning.is === "tls") put(tls, meaning.fact, pair);
    else if (meaning.is === "file" && isSystemRoots(pair)) tls.mode ??= "verify-full";
    else if (meaning.is === "file") refuse(`The text points at a file (${shown(pair.key)}). ${meaning.advice}`);
    else if (meaning.is === "refused") refuse(`The text uses ${shown(pair.key)}. ${meaning.advice}`);
    else put(texts, meaning.is, pair);
  }
  const { tlsMode, note } = readTls(tls);
  const notes = note ? [note] : [];
  if (leftOut.size > 0) notes.push(`Left out, because a flow does not need it: ${[...leftOut].join(", ")}.`);
  if (texts.password === "") notes.push("The password is empty in this text.");
  return { fields: { ...checked(texts), ...(tlsMode ? { tlsMode } : {}) }, notes };
}

type Texts = Partial<Record<"host" | "port" | "database" | "user" | "password", string>>;

function checked({ host, port, database, user, password }: Texts): ConnectionFields {
  const fields: ConnectionFields = {};
  if (host) {
    const fault = hostFault(host);
    if (fault) refuse(fault);
    fields.host = host.replace(/^\[(.*)\]$/, "$1");
  }
  if (port) {
    const parsed = portSchema.safeParse(port);
    if (!parsed.success) refuse("The port must be a number between 1 and 65535, for example 5432.");
    else fields.port = parsed.data;
  }
  if (database) fields.database = database;
  if (user) fields.user = user;
  if (password) fields.password = password;
  return fields;
}

/** `sslrootcert=system` names no file: it means the authorities the machine trusts anyway. */
function isSystemRoots({ key, value }: Pair): boolean {
  return lettersOf(key) === "sslrootcert" && value === "system";
}

/** Keys are the text's own words: cut, and without control characters. */
function shown(key: string): string {
  return key.replaceAll(/\p{C}/gu, "").slice(0, 40);
}
