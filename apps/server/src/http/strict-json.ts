import { invalid, Refusal } from "./refusal.ts";

export const deepestJson = 32;

/**
 * Parses JSON and refuses what different readers understand differently: a key given twice, `__proto__`, nesting beyond
 * 32 levels, NUL and lone surrogates (PostgreSQL can store neither). [R17]
 */
export function parseStrictJson(text: string): unknown {
  scan(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("error:request/malformed", { detail: "The body is not valid JSON." });
  }
  refuseUnstorable(value, []);
  return value;
}

type Level = { readonly keys: Set<string> | undefined; expectsKey: boolean; key: string };

/** Looks only at structure; whether the text is JSON at all is left to JSON.parse. One pass, no expression to backtrack. */
function scan(text: string): void {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const level = levels.at(-1);
    switch (text.charAt(at)) {
      case "{":
      case "[": {
        if (levels.length === deepestJson)
          throw new Refusal("error:request/malformed", { detail: `JSON may be at most ${deepestJson} levels deep.` });
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
          refuseKey(level.keys, levels);
        }
        at = end;
      }
    }
  }
}

/** The place of the closing quotation mark, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function refuseKey(keys: Set<string>, levels: readonly Level[]): void {
  const path = levels.flatMap((level) => (level.keys ? [level.key] : [])).join(".");
  const key = levels.at(-1)?.key ?? "";
  if (keys.has(key)) throw invalid({ [path]: "This field is given twice. Give it once." });
  // Not under its own name: who reads the answer into an object would lose it, or worse.
  if (key === "__proto__") throw invalid({ body: "The field __proto__ is not known." });
  keys.add(key);
}

/** Two spellings of one key are one key: `"h\u006fst"` is `"host"`. */
function decodeKey(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

/** Refuses text that a database of UTF-8 text cannot hold, wherever it stands. */
export function refuseUnstorable(value: unknown, path: readonly (string | number)[]): void {
  if (typeof value === "string") {
    const field = path.join(".") || "body";
    if (value.includes("\0")) throw invalid({ [field]: "Remove the invisible NUL character." });
    if (!value.isWellFormed()) throw invalid({ [field]: "This text contains half a character. Enter it again." });
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => refuseUnstorable(item, [...path, index]));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      refuseUnstorable(key, [...path, key]);
      refuseUnstorable(item, [...path, key]);
    }
  }
}
