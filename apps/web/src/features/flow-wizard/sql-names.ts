import type { TableName } from "@headgate/contract";
import { quoteIdentifier } from "../../lib/messages/admin-message.ts";

/** A table as it must be written in statements that people copy. */
export function quotedTable({ schema, name }: TableName): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
