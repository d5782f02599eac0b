import type { Flow, FlowSource } from "@headgate/contract";
import { describeSchedule, writeModeRules } from "@headgate/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatMoment } from "../../lib/format/time.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { destinationWords } from "./table-words.ts";
import { badRowsCopy, keptOutside, readModeCopy, writeModeCopy } from "./copy.ts";

/** Everything that was decided in the wizard, in words. */
export function FlowSettings({ flow }: { readonly flow: Flow }): ReactElement {
  const { source, destination, readMode, writeMode, badRows, keepsState, syncKey, schedule } = flow.definition;
  const mode = writeModeCopy[writeMode];
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
          { label: "What a run does", value: `${mode.title}. ${mode.does}` },
          { label: "Refused rows", value: badRowsCopy[writeModeRules[writeMode].setsAside ? badRows : "stop"] },
          ...(keepsState === "headgate" ? [{ label: "How far it has come", value: keptOutside }] : []),
          ...(syncKey.length > 0 ? [{ label: "Rows are told apart by", value: syncKey.join(", ") }] : []),
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
