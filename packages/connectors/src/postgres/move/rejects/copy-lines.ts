const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** The values of one line of COPY text; null for `\N`. */
export function parseLine(line: Buffer): (string | null)[] {
  const text = line.toString("utf8").replace(/\n$/, "");
  return text.split("\t").map((field) => (field === String.raw`\N` ? null : unescape(field)));
}

function unescape(field: string): string {
  return field.replace(
    /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([^]))/g,
    (_, octal?: string, hex?: string, other?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return escapes[other ?? ""] ?? other ?? "";
    },
  );
}

/** Some values of a line as PostgreSQL writes a row, `(17,"a b",)`; those longer than `longest` are cut. */
export function rowText(line: Buffer, places: readonly number[], longest = 200): string {
  const values = parseLine(line);
  return `(${places.map((place) => valueText(values[place] ?? null, longest)).join(",")})`;
}

function valueText(value: string | null, longest: number): string {
  if (value === null) return "";
  const short = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return short === "" || /[\s"(),\\]/.test(short) ? `"${short.replace(/["\\]/g, "$&$&")}"` : short;
}
