/** How names on arrival are made of the columns' own. */
export const nameStyles = ["as_is", "snake", "camel"] as const;
export type NameStyle = (typeof nameStyles)[number];

/** The words a name is made of, in small letters: `HTTPStatus-code2` is http, status and code2. */
export function wordsOf(name: string): readonly string[] {
  const words = name.match(/\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+\p{N}*|\p{N}+/gu) ?? [];
  return words.map((word) => word.toLowerCase());
}

/** A column's name in another style; a name without any letter or digit stays as it is. */
export function inNameStyle(name: string, style: NameStyle): string {
  const words = wordsOf(name);
  if (style === "as_is" || words.length === 0) return name;
  if (style === "snake") return words.join("_");
  const [first = "", ...rest] = words;
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
