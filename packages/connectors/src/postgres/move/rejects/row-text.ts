/** A longer value that ends like this may have been cut where it was listed, so nobody can tell what it was. */
const mayBeCut = (value: string): boolean => value.length > 200 && value.endsWith("…");

/** The values of a row as PostgreSQL writes it, `(17,"a b",)`; undefined where it is not all there. */
export function parseRowText(text: string): (string | null)[] | undefined {
  if (!text.startsWith("(") || !text.endsWith(")")) return undefined;
  const inner = text.slice(1, -1);
  const values: (string | null)[] = [];
  const field = /(?:"((?:[^"\\]|""|\\[^])*)"|([^",()\\]*))(,|$)/y;
  for (;;) {
    const found = field.exec(inner);
    if (!found) return undefined;
    const [, quoted, bare = "", end] = found;
    values.push(
      quoted === undefined ? (bare === "" ? null : bare) : quoted.replace(/""|\\([^])/g, (pair) => pair.charAt(1)),
    );
    if (end === "") break;
  }
  return values.some((value) => value !== null && mayBeCut(value)) ? undefined : values;
}
