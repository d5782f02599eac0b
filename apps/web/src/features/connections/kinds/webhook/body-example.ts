import { bodyParts, bodyTemplateFault } from "@headgate/contract";

const rows = [
  { id: 1, email: "ada@example.com" },
  { id: 2, email: "bob@example.com" },
];

export type BodyExample = { readonly text: string; readonly fault?: undefined } | { readonly fault: string };

/** A message made of two rows by a template, or why no message can be made by it; blank is the list of rows. */
export function bodyExample(template: string, one: boolean): BodyExample {
  if (template.trim() === "") return { text: pretty(one ? rows.slice(0, 1) : rows) };
  const fault = bodyTemplateFault(template, one ? 1 : rows.length);
  if (fault !== undefined) return { fault };
  const values = {
    rows: JSON.stringify(one ? rows.slice(0, 1) : rows),
    row: JSON.stringify(rows[0]),
    count: String(one ? 1 : rows.length),
    flow: '"0b0f2b0e-5d0c-4a57-9a3e-6f1f4bb7a001"',
    run: '"7d4c1c2a-91f1-4f0a-8a55-2d7b9a2a4c10"',
  };
  const text = bodyParts(template).map((part) => part.text + (part.token ? values[part.token] : ""));
  return { text: pretty(JSON.parse(text.join(""))) };
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
