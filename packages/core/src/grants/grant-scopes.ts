/** A schema with all its tables, or one table of it. */
export type GrantScope = { readonly schema: string; readonly name?: string | undefined };

const part = String.raw`"(?:[^"]|"")+"|[^",.]+`;
const scope = new RegExp(`^\\s*(${part})(?:\\.(${part}))?\\s*(?:,|$)`);

/** Reads `public, sales.orders, "odd, name"` as people type it; undefined where it is no such list. */
export function readGrantScopes(text: string): GrantScope[] | undefined {
  const scopes: GrantScope[] = [];
  for (let rest = text; rest.trim() !== "";) {
    const found = scope.exec(rest);
    const schema = unquoted(found?.[1]);
    const name = unquoted(found?.[2]);
    if (!found || schema === "" || name === "") return undefined;
    scopes.push({ schema: schema ?? "", ...(name !== undefined && { name }) });
    rest = rest.slice(found[0].length);
  }
  return scopes.length > 0 ? scopes : undefined;
}

function unquoted(word: string | undefined): string | undefined {
  const bare = word?.trim();
  return bare?.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
}
