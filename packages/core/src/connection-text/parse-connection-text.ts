import { fieldsFromPairs, type ConnectionFields } from "./fields-from-pairs.ts";
import type { Pair } from "./pair.ts";
import { readKeywords, readSemicolons } from "./pairs.ts";
import { readPsqlLine } from "./psql-line.ts";
import { Refusal, refuse } from "./refusal.ts";
import { readUri } from "./uri.ts";

/** `ado` is Adobe's spelling of `Server=…;`, `adf` that of Azure Data Factory 1.0, `npgsql` that of .NET. */
export const connectionTextStyles = ["psql", "jdbc", "sqlalchemy", "uri", "keywords", "ado", "adf", "npgsql"] as const;
export type ConnectionTextStyle = (typeof connectionTextStyles)[number];

export type ParsedConnectionText =
  | {
      readonly status: "parsed";
      readonly style: ConnectionTextStyle;
      readonly fields: ConnectionFields;
      /** Whole sentences about what was left out or still has to be chosen. */
      readonly notes: readonly string[];
    }
  | { readonly status: "refused"; readonly message: string };

/** Longer than any password of 10,240 characters makes it, even when every character is written as a code. */
const mostCharacters = 140_000;

/**
 * Takes a pasted connection text apart into form fields. Nothing of it is ever handed on as text, and no message repeats
 * a value (features §3.1, bad inputs 62-84).
 */
export function parseConnectionText(text: string): ParsedConnectionText {
  try {
    if (text.includes("\0")) refuse("The text contains an invisible NUL character. Copy it again.");
    if (text.length > mostCharacters) refuse("The text is too long for a connection string.");
    const bare = unwrapped(text);
    const style = styleOf(bare);
    const { fields, notes } = fieldsFromPairs(readers[style](bare), unknownKey[style]);
    if (Object.values(fields).some((value) => String(value).includes("\0")))
      refuse("The text contains an invisible NUL character. Copy it again.");
    return { status: "parsed", style, fields, notes };
  } catch (error) {
    if (error instanceof Refusal) return { status: "refused", message: error.message };
    throw error;
  }
}

const readers: Readonly<Record<ConnectionTextStyle, (text: string) => Pair[]>> = {
  psql: (text) => readPsqlLine(text, readInner),
  jdbc: (text) =>
    readUri(text.includes("://") ? text : text.replace(/^jdbc:postgresql:/i, "jdbc:postgresql:///"), true),
  sqlalchemy: (text) => readUri(text),
  uri: (text) => readUri(text),
  keywords: readKeywords,
  ado: readSemicolons,
  adf: readSemicolons,
  npgsql: readSemicolons,
};

const unknownPart = "A part of this text is not known. If the password contains a semicolon, put it in double quotes.";

/** A key nobody knows is most likely the rest of a password that was cut at its own separator. */
const unknownKey: Partial<Record<ConnectionTextStyle, string>> = {
  ado: unknownPart,
  adf: unknownPart,
  npgsql: unknownPart,
  keywords: "A part of this text is not known. If the password contains a space, put it in single quotes.",
};

function styleOf(text: string): ConnectionTextStyle {
  if (/^([A-Z]+=\S*\s+)*(\S*\/)?psql(\.exe)?(\s|$)/.test(text) || /^PG[A-Z]+=[\s\S]*\spsql\s/.test(text)) return "psql";
  if (/^jdbc:postgresql:/i.test(text)) return "jdbc";
  if (/^postgres(ql)?\+[a-z0-9_]+:\/\//i.test(text)) return "sqlalchemy";
  if (/^postgres(ql)?:\/\//i.test(text)) return "uri";
  const scheme = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):(?![0-9])/i.exec(text)?.[1];
  if (scheme && !/^[^:]*=/.test(text)) refuse(otherScheme(scheme));
  if (/^[a-z_]+\s*=\s*('(?:[^'\\]|\\[\s\S])*'|[^\s;]*)(\s|$)/i.test(text) && !/^[^=]*=[^=]*;/.test(text))
    return "keywords";
  if (/^[a-z][a-z _]*=/i.test(text)) return semicolonStyle(text);
  return refuse(
    "This is not a connection string. It starts with postgres:// or with Server=, or fill in the form below.",
  );
}

/** All three are read alike; the name tells people what was recognised. */
function semicolonStyle(text: string): "ado" | "adf" | "npgsql" {
  if (/(^|;)\s*(user ?name|user id|ssl ?mode|trust ?server ?certificate)\s*=/i.test(text)) return "npgsql";
  return /^host\s*=/i.test(text) ? "adf" : "ado";
}

function otherScheme(scheme: string): string {
  if (/^https?$/i.test(scheme)) return "This is the address of a web page. A database address starts with postgres://.";
  if (/^(socket|unix)$/i.test(scheme))
    return "Headgate connects over the network; a socket file on a computer cannot be used.";
  return "This text belongs to another kind of system. Headgate connects to PostgreSQL: postgres://….";
}

function readInner(text: string): Pair[] {
  const style = styleOf(text);
  return style === "psql" ? refuse("This psql line cannot be read.") : readers[style](text);
}

/** Takes off what people copy along: spaces, the name of a variable in front, quotation marks around. */
function unwrapped(text: string): string {
  const bare = text.trim().replace(/^(?:export\s+)?[A-Z][A-Z0-9_]*\s*=\s*(?=["']?(?:postgres(?:ql)?[:+]|jdbc:))/, "");
  const inner = /^(["'])([\s\S]*)\1;?$/.exec(bare)?.[2];
  return (inner ?? bare).trim();
}
