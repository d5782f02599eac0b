import type { Stream, TableName } from "@headgate/contract";
import { findStream, tableFacts } from "../catalog/find-stream.ts";
import type { Session } from "../session.ts";
import { ownFault, type Side } from "./run-failures.ts";

/** The table as it is now; that it is gone is a fault of its side. */
export async function requireStreamAt(session: Session, table: TableName, side: Side): Promise<Stream> {
  const stream = await findStream(session, table);
  if (stream) return stream;
  throw ownFault(side, { code: `${side}_table_missing`, kind: "settings" }, tableFacts(table));
}
