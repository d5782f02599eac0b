import type { Stream } from "@headgate/contract";
import { proposeIdentifiers, type EventMappingFault } from "@headgate/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import { useFormValues } from "../../../../../ui/use-form-values.ts";
import { ColumnSelect } from "./column-select.tsx";
import { eventsCopy } from "./copy.ts";
import type { EventsMappingForm } from "./events-form.ts";
import classes from "./events.module.css";

type Props = { readonly source: Stream; readonly faultsOf: (field: string) => readonly EventMappingFault[] };

/** The columns that say whom a row is about: proposed by their names, any other can be chosen. */
export function PeopleFields({ source, faultsOf }: Props): ReactElement {
  const { events } = useFormValues(useFormContext<EventsMappingForm>());
  const proposed = proposeIdentifiers(source);
  const readable = source.fields.filter((field) => field.readable);

  function hint(name: "userId" | "anonymousId", words: string): ReactElement {
    const byName = events[name] !== "" && events[name] === proposed[name];
    return (
      <>
        {words} {byName && <span className={classes.picked}>{eventsCopy.pickedByName}</span>}
      </>
    );
  }

  return (
    <SectionCard title={eventsCopy.whoTitle} description={eventsCopy.whoText}>
      <div className={classes.fields}>
        <ColumnSelect
          name="userId"
          label={eventsCopy.userId}
          hint={hint("userId", eventsCopy.userIdHint)}
          none={eventsCopy.none}
          fields={readable}
          faults={faultsOf("userId")}
        />
        <ColumnSelect
          name="anonymousId"
          label={eventsCopy.anonymousId}
          hint={hint("anonymousId", eventsCopy.anonymousIdHint)}
          none={eventsCopy.none}
          fields={readable}
          faults={faultsOf("anonymousId")}
        />
      </div>
    </SectionCard>
  );
}
