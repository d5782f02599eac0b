import type { CsvOptions } from "@headgate/contract";

const rows: readonly (readonly (string | null)[])[] = [
  ["1", "Ada, Countess", "", null],
  ["2", "Bob", "=SUM(A1)", "12.50"],
];

/** Three lines as the files have them, with a value for every rule; line ends are not shown. */
export function csvExample({ delimiter, header, nullText, guardFormulas }: CsvOptions): string {
  const plain = (text: string): string =>
    text === "" || text === nullText || text.includes(delimiter) || text.includes('"')
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const cell = (value: string | null): string => {
    if (value === null) return nullText;
    return plain(guardFormulas && value.startsWith("=") ? `'${value}` : value);
  };
  const lines = rows.map((row) => row.map(cell).join(delimiter));
  return [...(header ? [["id", "name", "note", "amount"].join(delimiter)] : []), ...lines].join("\n");
}
