import type { FlowDestination, FlowSource, SinkKind, TableName } from "@headgate/contract";

/** `orders` in the usual schema, `sales.orders` elsewhere. */
export function tableWords({ schema, name }: TableName): string {
  return schema === "public" ? name : `${schema}.${name}`;
}

/** What a flow reads: a table, or a query by the name people gave it. */
export function sourceWords(source: FlowSource): string {
  return "table" in source ? tableWords(source.table) : source.query.name;
}

const elsewhere: Record<Exclude<SinkKind, "postgres">, string> = {
  events: "Events",
  webhook: "Messages",
  files: "Files",
};

/** What a flow's rows become. */
export function destinationWords(destination: FlowDestination): string {
  return destination.kind === "postgres" ? tableWords(destination.table) : elsewhere[destination.kind];
}
