const longest = 300;

/**
 * Makes a text from the other side fit to be shown and logged: one line, visible characters, cut, and without the
 * secrets in use, whichever way the server spelled them (R31-R33).
 */
export function serverWords(text: string, secrets?: string | readonly string[]): string {
  const shown = [secrets ?? []]
    .flat()
    .reduce(hideSecret, text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  const characters = Array.from(shown);
  return characters.length <= longest ? shown : `${characters.slice(0, longest - 1).join("")}…`;
}

function escaped(character: string): string {
  if (character === "\n" || character === "\r" || character === "\t") return " ";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function hideSecret(text: string, secret: string): string {
  // Shorter ones occur by chance, and replacing them would tell where.
  if (secret.length < 6) return text;
  const spellings = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
  return spellings.reduce((cleaned, spelling) => cleaned.replaceAll(spelling, "•••"), text);
}
