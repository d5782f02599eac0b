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

// Strings first: only outside of them do brackets and commas mean anything.
const token = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

/** Looks only at structure; whether the text is JSON at all is left to JSON.parse. */
function scan(text: string): void {
  const levels: Level[] = [];
  for (const [found] of text.matchAll(token)) {
    const level = levels.at(-1);
    if (found === "{" || found === "[") {
      if (levels.length === deepestJson)
        throw new Refusal("error:request/malformed", { detail: `JSON may be at most ${deepestJson} levels deep.` });
      levels.push({ keys: found === "{" ? new Set() : undefined, expectsKey: found === "{", key: "" });
    } else if (found === "}" || found === "]") levels.pop();
    else if (found === ",") {
      if (level) level.expectsKey = level.keys !== undefined;
    } else if (level?.keys && level.expectsKey) {
      level.key = decodeKey(found);
      level.expectsKey = false;
      refuseKey(level.keys, levels);
    }
  }
}

function refuseKey(keys: Set<string>, levels: readonly Level[]): void {
  const path = levels.flatMap((level) => (level.keys ? [level.key] : [])).join(".");
  const key = levels.at(-1)?.key ?? "";
  if (keys.has(key)) throw invalid({ [path]: "This field is given twice. Give it once." });
  if (key === "__proto__") throw invalid({ [path]: "This field is not known." });
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
