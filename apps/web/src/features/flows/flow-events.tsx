import type { EventMapping } from "@headgate/contract";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { FactList, type Fact } from "../../ui/fact-list.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Stacked } from "../../ui/stacked.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";

type Props = { readonly mapping: EventMapping; readonly syncKey: readonly string[] };

type Trait = { readonly key: string; readonly from: ReactElement; readonly identifies: boolean };

/** How a row becomes an event: who, what, when, and what travels with it. */
export function FlowEvents({ mapping, syncKey }: Props): ReactElement {
  const { type, userId, anonymousId, event, timestamp, traits, constants } = mapping;
  const word = type === "track" ? "property" : "trait";
  const facts: (Fact | undefined)[] = [
    { label: "Each row is", value: type === "track" ? "Something that happened (track)" : "A person (identify)" },
    event && type === "track"
      ? { label: "Event", value: event.kind === "constant" ? event.text : column(event.column) }
      : undefined,
    userId === undefined ? undefined : { label: "User ID", value: column(userId) },
    anonymousId === undefined ? undefined : { label: "Anonymous ID", value: column(anonymousId) },
    { label: "When", value: timestamp === undefined ? "When it arrives" : column(timestamp) },
  ];
  const rows: Trait[] = [
    ...traits.map(({ source, key }) => ({ key, from: column(source), identifies: syncKey.includes(source) })),
    ...constants.map(({ key, value }) => ({ key, from: <>always {JSON.stringify(value)}</>, identifies: false })),
  ];
  const columns: readonly Column<Trait>[] = [
    { key: "from", header: "From", rowHeader: true, cell: ({ from }) => from },
    { key: "key", header: type === "track" ? "Property" : "Trait", cell: ({ key }) => <code>{key}</code> },
    {
      key: "role",
      header: "Role",
      hideHeader: true,
      cell: ({ identifies }) => identifies && <StatusBadge look="good">Tells rows apart</StatusBadge>,
    },
  ];
  return (
    <Stacked>
      <SectionCard title="Event">
        <FactList facts={facts.filter((fact) => fact !== undefined)} />
      </SectionCard>
      <SectionCard title={countOf(rows.length, word, word === "property" ? "properties" : undefined)}>
        <DataTable caption="What travels with every event" columns={columns} rows={rows} rowKey={({ key }) => key} />
      </SectionCard>
    </Stacked>
  );
}

function column(name: string): ReactElement {
  return <code>{name}</code>;
}
