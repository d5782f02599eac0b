import type { getPreview, Stream, TableName } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import type { z } from "zod";
import type { PostgresContext } from "../context.ts";
import { ident, tableIdent } from "../identifiers.ts";
import { readVerdict } from "../read-verdict.ts";
import { alone, type Session } from "../session.ts";
import { SessionFault } from "../session-fault.ts";
import { requireStream, tableFacts } from "./find-stream.ts";

export type PreviewVerdict = z.infer<(typeof getPreview)["response"]>;

const rowLimit = 20;
const longestValue = 500;

/** The first 20 rows as PostgreSQL writes them; long values are cut at the server, so that none travels whole. */
export function previewStream(
  target: PostgresTarget,
  table: TableName,
  context: PostgresContext,
): Promise<PreviewVerdict> {
  return readVerdict<PreviewVerdict>(target, context, "table", async (session) => {
    const stream = await requireStream(session, table);
    const fields = stream.fields.filter((field) => field.readable);
    if (!stream.readable || (fields.length === 0 && stream.fields.length > 0)) {
      throw new SessionFault("table", "table_forbidden", "This login may not read the table.", tableFacts(table));
    }
    const rows = fields.length === 0 ? [] : await readRows(session, tableIdent(stream), fields);
    const columns = fields.map(({ name, type, typeName }) => ({ name, type, typeName }));
    return { status: "succeeded", preview: { columns, rows } };
  });
}

/** The first rows of what stands after FROM, which may be a person's query: the statement travels alone. */
export async function readRows(session: Session, from: string, fields: Stream["fields"]): Promise<(string | null)[][]> {
  // One more character than is shown tells whether something was cut off.
  const values = fields.map(({ name }) => `left(${ident(name)}::text, ${longestValue + 1})`);
  const text = `select ${values.join(", ")} from ${from} limit ${rowLimit}`;
  const { rows } = await session.client.query<(string | null)[]>({ text, rowMode: "array", ...alone });
  return rows.map((row) => row.map((value) => (value === null ? null : cut(value))));
}

function cut(value: string): string {
  const characters = Array.from(value);
  return characters.length <= longestValue ? value : `${characters.slice(0, longestValue).join("")}…`;
}
