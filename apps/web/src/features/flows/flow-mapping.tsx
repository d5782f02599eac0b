import type { FieldMapping, Flow } from "@headgate/contract";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { overwrittenCopy } from "./copy.ts";
import { FlowEvents } from "./flow-events.tsx";
import { destinationWords, sourceWords } from "./table-words.ts";

/** Which column goes where. */
export function FlowMapping({ flow }: { readonly flow: Flow }): ReactElement {
  const { destination } = flow.definition;
  return destination.kind === "events" ? (
    <FlowEvents mapping={destination.mapping} syncKey={flow.definition.syncKey} />
  ) : (
    <FlowColumns flow={flow} />
  );
}

function FlowColumns({ flow }: { readonly flow: Flow }): ReactElement {
  const { fields, source, destination, syncKey } = flow.definition;
  const columns: readonly Column<FieldMapping>[] = [
    {
      key: "source",
      header: `In ${sourceWords(source)}`,
      rowHeader: true,
      cell: (field) => <code>{field.source}</code>,
    },
    {
      key: "destination",
      header: `In ${destinationWords(destination)}`,
      cell: (field) => <code>{field.destination}</code>,
    },
    {
      key: "key",
      header: "Role",
      hideHeader: true,
      cell: (field) =>
        syncKey.includes(destination.kind === "postgres" ? field.destination : field.source) ? (
          <StatusBadge look="good">Tells rows apart</StatusBadge>
        ) : (
          field.overwrites && overwrittenCopy[field.overwrites]
        ),
    },
  ];
  return (
    <SectionCard title={countOf(fields.length, "column")} description="What travels, and what it is called there.">
      <DataTable caption="Columns of this flow" columns={columns} rows={fields} rowKey={(field) => field.destination} />
    </SectionCard>
  );
}
