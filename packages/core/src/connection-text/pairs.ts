import type { Pair } from "./pair.ts";
import { refuse } from "./refusal.ts";

const unclosed = "A quotation mark is opened and never closed.";

/**
 * `Server=h;Password="a;b"`: quotes only around a whole value, doubled inside. Read character by character: an
 * expression for all of it took minutes over a few thousand spaces.
 */
export function readSemicolons(text: string): Pair[] {
  const pairs: Pair[] = [];
  let at = 0;
  while (at < text.length) {
    const end = orEnd(text, text.indexOf(";", at));
    const equals = text.indexOf("=", at);
    if (text.slice(at, end).trim() === "") {
      at = end + 1;
      continue;
    }
    const key = equals < 0 || equals > end ? "" : text.slice(at, equals).trim();
    if (key === "")
      refuse("This text has a part without an equals sign. Put a password with a semicolon in double quotes.");
    const { value, next } = readValue(text, equals + 1);
    pairs.push({ key, value });
    at = next;
  }
  return pairs;
}

/** The value that begins at `start` and the place behind its semicolon. */
function readValue(text: string, start: number): { readonly value: string; readonly next: number } {
  let at = start;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") {
    const end = orEnd(text, text.indexOf(";", start));
    return { value: text.slice(start, end).trim(), next: end + 1 };
  }
  let close = text.indexOf(quote, at + 1);
  while (close >= 0 && text.charAt(close + 1) === quote) close = text.indexOf(quote, close + 2);
  const end = orEnd(text, close < 0 ? -1 : text.indexOf(";", close));
  if (close < 0 || text.slice(close + 1, end).trim() !== "") refuse(unclosed);
  return { value: text.slice(at + 1, close).replaceAll(quote + quote, quote), next: end + 1 };
}

function orEnd(text: string, place: number): number {
  return place < 0 ? text.length : place;
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
