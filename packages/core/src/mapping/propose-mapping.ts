import type { Field, FieldMapping, Stream } from "@headgate/contract";

/**
 * Pairs columns by name, whatever their case and underscores; an exact name wins. Columns the database fills by itself
 * are left out. Without a destination every readable column is proposed under its own name.
 */
export function proposeMapping(source: Stream, destination: Stream | null): FieldMapping[] {
  const readable = source.fields.filter((field) => field.readable);
  if (!destination) return readable.map(({ name }) => ({ source: name, destination: name }));
  const free = new Set(destination.fields.filter(isWritable).map((field) => field.name));
  const taken = new Map<string, string>();
  const pair = (same: (a: string, b: string) => boolean): void => {
    for (const { name } of readable) {
      if (taken.has(name)) continue;
      const match = [...free].find((candidate) => same(candidate, name));
      if (match === undefined) continue;
      free.delete(match);
      taken.set(name, match);
    }
  };
  pair((a, b) => a === b);
  pair((a, b) => folded(a) === folded(b) && folded(a) !== "");
  return readable.flatMap(({ name }) => {
    const match = taken.get(name);
    return match === undefined ? [] : [{ source: name, destination: match }];
  });
}

/** Whether a value may be given for the column: neither computed nor numbered by the database alone. */
export function isWritable(field: Pick<Field, "generated" | "identity">): boolean {
  return !field.generated && field.identity !== "always";
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "");
}
