import { jsonTokens } from "../../../../ui/json-tokens.ts";

/** JSON text with a line for every member and two spaces of indent; nothing is parsed, so every digit stays. */
export function spread(json: string): string {
  let text = "";
  let depth = 0;
  const lines = (): string => `\n${"  ".repeat(depth)}`;
  const tokens = jsonTokens(json).filter(({ kind }) => kind !== "space");
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]?.text;
    if (token.text === "}" || token.text === "]") {
      depth -= 1;
      text += before === "{" || before === "[" ? token.text : lines() + token.text;
      continue;
    }
    if (before === "{" || before === "[" || before === ",") text += lines();
    text += token.text === ":" ? ": " : token.text;
    if (token.text === "{" || token.text === "[") depth += 1;
  }
  return text;
}
