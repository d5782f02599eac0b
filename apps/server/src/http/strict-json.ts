import { deepestJson, findUnstorable, parseStrictJson as parse, type JsonFault } from "@headgate/core";
import { invalid, Refusal } from "./refusal.ts";

/**
 * Parses a body as JSON and refuses what different readers understand differently: a key given twice, `__proto__`,
 * nesting beyond 32 levels, NUL and lone surrogates (PostgreSQL can store neither). [R17]
 */
export function parseStrictJson(text: string): unknown {
  const parsed = parse(text);
  if (!parsed.ok) throw refusalOf(parsed.fault);
  return parsed.value;
}

/** Refuses text that a database of UTF-8 text cannot hold, wherever it stands. */
export function refuseUnstorable(value: unknown, path: readonly (string | number)[]): void {
  const fault = findUnstorable(value, path);
  if (fault) throw refusalOf(fault);
}

function refusalOf({ kind, path }: JsonFault): Refusal {
  switch (kind) {
    case "syntax":
      return new Refusal("error:request/malformed", { detail: "The body is not valid JSON." });
    case "too deep":
      return new Refusal("error:request/malformed", { detail: `JSON may be at most ${deepestJson} levels deep.` });
    case "repeated key":
      return invalid({ [path]: "This field is given twice. Give it once." });
    case "forbidden key":
      return invalid({ body: "The field __proto__ is not known." });
    case "NUL":
      return invalid({ [path || "body"]: "Remove the invisible NUL character." });
    case "half a character":
      return invalid({ [path || "body"]: "This text contains half a character. Enter it again." });
  }
}
