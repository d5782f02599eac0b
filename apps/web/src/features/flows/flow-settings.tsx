import type { Flow, FlowDefinition, FlowSource } from "@headgate/contract";
import { describeSchedule, writeModeRules } from "@headgate/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatMoment } from "../../lib/format/time.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { destinationWords } from "./table-words.ts";
import { changesWords } from "./changes-words.ts";
import { badRowsCopy, keptOutside, readModeCopy, sentWords, writeModeCopy } from "./copy.ts";

/** Everything that was decided in the wizard, in words. */
export function FlowSettings({ flow }: { readonly flow: Flow }): ReactElement {
  const { source, destination, readMode, changes, keepsState, keepsUndo, syncKey, sqlBefore, sqlAfter, schedule } =
    flow.definition;
  return (
    <SectionCard title="Settings">
      <FactList
        facts={[
          {
            label: "From",
            value: place(fullName(source), source.connectionId, flow.sourceName),
          },
          { label: "To", value: place(destinationWords(destination), destination.connectionId, flow.destinationName) },
          { label: "What a run reads", value: readModeCopy[readMode] },
          ...(changes ? [{ label: "How changes are found", value: changesWords(changes) }] : []),
          { label: "What a run does", value: whatItDoes(flow.definition) },
          { label: "Refused rows", value: whatOfRefused(flow.definition) },
          ...(keepsState === "headgate" ? [{ label: "How far it has come", value: keptOutside }] : []),
          ...(keepsUndo ? [{ label: "Undo", value: "The last run, for 7 days" }] : []),
          ...(syncKey.length > 0 ? [{ label: "Rows are told apart by", value: syncKey.join(", ") }] : []),
          ...(sqlBefore ? [{ label: "SQL before the rows", value: <code>{sqlBefore}</code> }] : []),
          ...(sqlAfter ? [{ label: "SQL after the rows", value: <code>{sqlAfter}</code> }] : []),
          { label: "When", value: describeSchedule(schedule) },
          ...(schedule.kind === "manual"
            ? []
            : [
                {
                  label: "Missed runs",
                  value: schedule.missed === "catch_up" ? "Made up for with one run" : "Left out",
                },
              ]),
          {
            label: "Created",
            value: <time dateTime={flow.createdAt}>{formatMoment(new Date(flow.createdAt))}</time>,
          },
        ]}
      />
    </SectionCard>
  );
}

function whatItDoes({ destination, writeMode }: FlowDefinition): string {
  if (destination.kind !== "postgres") return sentWords[destination.kind].does;
  const { title, does } = writeModeCopy[writeMode];
  return `${title}. ${does}`;
}

function whatOfRefused({ destination, writeMode, badRows }: FlowDefinition): string {
  if (destination.kind === "postgres") return badRowsCopy[writeModeRules[writeMode].setsAside ? badRows : "stop"];
  return badRows === "stop" ? sentWords[destination.kind].stops : badRowsCopy.set_aside;
}

function fullName(source: FlowSource): string {
  return "table" in source ? `${source.table.schema}.${source.table.name}` : source.query.name;
}

function place(name: string, connectionId: string, connectionName: string): ReactElement {
  return (
    <>
      <code>{name}</code> in{" "}
      <Link to="/connections/$connectionId" params={{ connectionId }}>
        {connectionName}
      </Link>
    </>
  );
}
