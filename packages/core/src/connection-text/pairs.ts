import type { Pair } from "./pair.ts";
import { refuse } from "./refusal.ts";

const unclosed = "A quotation mark is opened and never closed.";

/** `Server=h;Password="a;b"`: quotes only around a whole value, doubled inside. */
export function readSemicolons(text: string): Pair[] {
  const pairs: Pair[] = [];
  const item = /[\s;]*([^=;]+?)\s*=\s*(?:"((?:[^"]|"")*)"\s*(?=;|$)|'((?:[^']|'')*)'\s*(?=;|$)|([^;]*))/y;
  while (item.lastIndex < text.length && /[^\s;]/.test(text.slice(item.lastIndex))) {
    const match =
      item.exec(text) ??
      refuse("This text has a part without an equals sign. Put a password with a semicolon in double quotes.");
    const [, key = "", double, single, plain = ""] = match;
    const value = double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? plain.trim();
    if (double === undefined && single === undefined && /^["']/.test(value)) refuse(unclosed);
    pairs.push({ key, value });
  }
  return pairs;
}

/** `host=h password='a b\'c'`: libpq's own form, with backslashes. */
export function readKeywords(text: string): Pair[] {
  const pairs: Pair[] = [];
  const item =
    /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\[\s\S])*)'(?=\s|$)|((?:[^\s'\\]|\\[\s\S])(?:[^\s\\]|\\[\s\S])*)?(?=\s|$))/iy;
  while (item.lastIndex < text.trimEnd().length) {
    const match = item.exec(text);
    if (!match) return refuse(text.includes("'") ? unclosed : "Put a value that has spaces in single quotes.");
    const [, key = "", quoted, plain = ""] = match;
    pairs.push({ key, value: (quoted ?? plain).replaceAll(/\\([\s\S])/g, "$1") });
  }
  return pairs;
}
