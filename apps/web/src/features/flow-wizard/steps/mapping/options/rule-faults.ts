/** What a save said about a rule, or about all rules, of a column: the form nests its errors as the answers are nested. */
export function ruleFaultIn(errors: object, position: number, rule: number): string | undefined {
  const rules = inside(inside(inside(errors, "fields"), String(position)), "rules");
  return messageIn(inside(rules, String(rule))) ?? (rule === 0 ? ownMessage(rules) : undefined);
}

function inside(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? (error as Record<string, unknown>)[name] : undefined;
}

function ownMessage(error: unknown): string | undefined {
  const message = inside(error, "message") ?? inside(inside(error, "root"), "message");
  return typeof message === "string" ? message : undefined;
}

/** The first message at or below a place. */
function messageIn(error: unknown): string | undefined {
  const own = ownMessage(error);
  if (own !== undefined || typeof error !== "object" || error === null) return own;
  for (const [name, below] of Object.entries(error)) {
    const message = name === "ref" ? undefined : messageIn(below);
    if (message !== undefined) return message;
  }
  return undefined;
}
