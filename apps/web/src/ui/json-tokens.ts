export type TokenKind = "key" | "string" | "number" | "word" | "mark" | "space";
export type Token = { readonly kind: TokenKind; readonly text: string };

const pattern =
  /(?<space>\s+)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d[\d.eE+-]*)|(?<word>[a-zA-Z]+)|(?<mark>[\s\S])/gy;

/**
 * Cuts JSON text into coloured pieces without parsing it, so that digits beyond what JavaScript can count stay as they
 * are. Text that is no JSON comes back whole, in marks. The pieces joined are always the text itself.
 */
export function jsonTokens(text: string): Token[] {
  const found = [...text.matchAll(pattern)].map((match): Token => {
    const groups = match.groups ?? {};
    const kind = (["space", "string", "number", "word"] as const).find((name) => groups[name] !== undefined) ?? "mark";
    return { kind, text: match[0] };
  });
  return found.map((token, index) =>
    token.kind === "string" && isKey(found, index) ? { ...token, kind: "key" } : token,
  );
}

function isKey(tokens: readonly Token[], index: number): boolean {
  const next = tokens.slice(index + 1, index + 3).find((token) => token.kind !== "space");
  return next?.text === ":";
}

/** The name a key token stands for; the text itself where it is no proper JSON string. */
export function keyName(token: Token): string {
  try {
    return String(JSON.parse(token.text));
  } catch {
    return token.text;
  }
}
