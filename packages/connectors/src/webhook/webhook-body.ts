import { bodyParts } from "@headgate/contract";

/** Makes the text of one message of the JSON of its rows. */
export type BodyBuilder = (rows: readonly string[]) => string;

/** Compiles a body template; without one the body is the list of rows. Throws for a placeholder nobody knows. */
export function compileBody(
  template: string | undefined,
  { flowId, runId }: { readonly flowId: string; readonly runId: string },
): BodyBuilder {
  const parts = bodyParts(template ?? "{{rows}}");
  return (rows) => {
    const values = {
      rows: () => `[${rows.join(",")}]`,
      row: () => rows[0] ?? "null",
      count: () => String(rows.length),
      flow: () => JSON.stringify(flowId),
      run: () => JSON.stringify(runId),
    };
    return parts.map(({ text, token }) => (token === undefined ? text : text + values[token]())).join("");
  };
}
