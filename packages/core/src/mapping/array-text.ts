export type ArrayItem = string | null | readonly ArrayItem[];

/**
 * Reads PostgreSQL's text of an array, `{1,NULL,"a \"b\""}`, also nested. Undefined for anything else, such as an array
 * with own bounds (`[0:1]={1,2}`) or a text that was cut.
 */
export function parseArray(text: string): readonly ArrayItem[] | undefined {
  const reader = { text, at: 0, depth: 0 };
  const items = readList(reader);
  return items && reader.at === text.length ? items : undefined;
}

type Reader = { readonly text: string; at: number; depth: number };

/** PostgreSQL itself stops at six dimensions. */
const deepest = 6;

function readList(reader: Reader): readonly ArrayItem[] | undefined {
  if (reader.text[reader.at] !== "{" || (reader.depth += 1) > deepest) return undefined;
  reader.at += 1;
  const items: ArrayItem[] = [];
  if (reader.text[reader.at] === "}") {
    reader.at += 1;
    reader.depth -= 1;
    return items;
  }
  for (;;) {
    const item = readItem(reader);
    if (item === undefined) return undefined;
    items.push(item);
    const next = reader.text[reader.at];
    reader.at += 1;
    if (next === "}") break;
    if (next !== ",") return undefined;
  }
  reader.depth -= 1;
  return items;
}

function readItem(reader: Reader): ArrayItem | undefined {
  const { text } = reader;
  if (text[reader.at] === "{") return readList(reader);
  const pattern = /"((?:[^"\\]|\\[\s\S])*)"|((?:[^",{}\\]|\\[\s\S])+)/y;
  pattern.lastIndex = reader.at;
  const match = pattern.exec(text);
  if (!match) return undefined;
  reader.at = pattern.lastIndex;
  const [, quoted, plain = ""] = match;
  if (quoted !== undefined) return unescape(quoted);
  return plain.toUpperCase() === "NULL" ? null : unescape(plain);
}

function unescape(text: string): string {
  return text.includes("\\") ? text.replaceAll(/\\([\s\S])/g, "$1") : text;
}
