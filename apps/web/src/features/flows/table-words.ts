import type { FlowDestination, SinkKind, TableName } from "@headgate/contract";

/** `orders` in the usual schema, `sales.orders` elsewhere. */
export function tableWords({ schema, name }: TableName): string {
  return schema === "public" ? name : `${schema}.${name}`;
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
