/** What a webhook's body can be made of. Each stands for a whole JSON value, so none is put into quotation marks. */
export const bodyTokens = {
  rows: "[]",
  row: "{}",
  count: "1",
  flow: '"flow"',
  run: '"run"',
} as const;
export type BodyToken = keyof typeof bodyTokens;

const token = /\{\{\s*([a-z_]*)\s*\}\}/g;

export type BodyPart = { readonly text: string; readonly token?: BodyToken };

/** A template as texts, each followed by the token that comes next; throws for a token nobody knows. */
export function bodyParts(template: string): readonly BodyPart[] {
  const parts: BodyPart[] = [];
  let at = 0;
  for (const match of template.matchAll(token)) {
    const name = match[1] ?? "";
    if (!Object.hasOwn(bodyTokens, name)) throw new Error(`{{${name}}} is not known.`);
    parts.push({ text: template.slice(at, match.index), token: name as BodyToken });
    at = match.index + match[0].length;
  }
  return [...parts, { text: template.slice(at) }];
}

/** Says in one sentence why a body cannot be made of this, or undefined when it can. */
export function bodyTemplateFault(template: string, batchSize: number): string | undefined {
  const known = Object.keys(bodyTokens).map((name) => `{{${name}}}`);
  let parts: readonly BodyPart[];
  try {
    parts = bodyParts(template);
  } catch (error) {
    return `${error instanceof Error ? error.message : ""} Use ${known.join(", ")}.`;
  }
  const used = parts.flatMap((part) => part.token ?? []);
  if (!used.includes("rows") && !used.includes("row")) return "Add {{rows}}, or {{row}} when each message has one row.";
  if (used.includes("row") && batchSize !== 1) return "{{row}} works with one row per message; use {{rows}}.";
  try {
    JSON.parse(parts.map(({ text, token }) => `${text}${token ? bodyTokens[token] : ""}`).join(""));
    return undefined;
  } catch {
    return "This is not JSON. A placeholder stands for a whole value, so write it without quotation marks.";
  }
}
