export const deepestJson = 32;

/** Why a text is not taken as JSON; `path` is dotted and empty where the fault is not about one field. */
export type JsonFault = {
  readonly kind: "syntax" | "too deep" | "repeated key" | "forbidden key" | "NUL" | "half a character";
  readonly path: string;
};

export type StrictJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: JsonFault };

/**
 * Parses JSON and refuses what different readers understand differently: a key given twice, `__proto__`, nesting beyond
 * 32 levels, NUL and lone surrogates (PostgreSQL can store neither). [R17]
 */
export function parseStrictJson(text: string): StrictJson {
  const found = scan(text);
  if (found) return { ok: false, fault: found };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: { kind: "syntax", path: "" } };
  }
  const unstorable = findUnstorable(value, []);
  return unstorable ? { ok: false, fault: unstorable } : { ok: true, value };
}

type Level = { readonly keys: Set<string> | undefined; expectsKey: boolean; key: string };

/** Looks only at structure; whether the text is JSON at all is left to JSON.parse. One pass, no expression to backtrack. */
function scan(text: string): JsonFault | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const level = levels.at(-1);
    switch (text.charAt(at)) {
      case "{":
      case "[": {
        if (levels.length === deepestJson) return { kind: "too deep", path: "" };
        const isObject = text[at] === "{";
        levels.push({ keys: isObject ? new Set() : undefined, expectsKey: isObject, key: "" });
        break;
      }
      case "}":
      case "]":
        levels.pop();
        break;
      case ",":
        if (level) level.expectsKey = level.keys !== undefined;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (level?.keys && level.expectsKey) {
          level.key = decodeKey(text.slice(at, end + 1));
          level.expectsKey = false;
          const fault = keyFault(level.keys, levels);
          if (fault) return fault;
        }
        at = end;
      }
    }
  }
  return undefined;
}

/** The place of the closing quotation mark, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function keyFault(keys: Set<string>, levels: readonly Level[]): JsonFault | undefined {
  const path = levels.flatMap((level) => (level.keys ? [level.key] : [])).join(".");
  const key = levels.at(-1)?.key ?? "";
  if (keys.has(key)) return { kind: "repeated key", path };
  // Not under its own name: who reads the answer into an object would lose it, or worse.
  if (key === "__proto__") return { kind: "forbidden key", path: "" };
  keys.add(key);
  return undefined;
}

/** Two spellings of one key are one key: `"h\u006fst"` is `"host"`. */
function decodeKey(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

/** Finds text that a database of UTF-8 text cannot hold, wherever it stands. */
export function findUnstorable(value: unknown, path: readonly (string | number)[]): JsonFault | undefined {
  if (typeof value === "string") {
    if (value.includes("\0")) return { kind: "NUL", path: path.join(".") };
    return value.isWellFormed() ? undefined : { kind: "half a character", path: path.join(".") };
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const fault = findUnstorable(key, [...path, key]) ?? findUnstorable(item, [...path, key]);
    if (fault) return fault;
  }
  return undefined;
}
