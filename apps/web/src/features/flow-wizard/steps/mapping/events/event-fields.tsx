import type { Stream } from "@headgate/contract";
import { holdsMoment, proposeMoment, type EventMappingFault } from "@headgate/core";
import { TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../../ui/radio-cards.tsx";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import { useFormValues } from "../../../../../ui/use-form-values.ts";
import { ColumnSelect } from "./column-select.tsx";
import { eventsCopy } from "./copy.ts";
import type { EventsMappingForm } from "./events-form.ts";
import classes from "./events.module.css";

type Props = {
  readonly source: Stream;
  /** What the server or the resolver says of the event as a whole. */
  readonly eventError: string | undefined;
  readonly faultsOf: (field: string) => readonly EventMappingFault[];
};

/** Whether a row is somebody or something that happened; then what, and when. */
export function EventFields({ source, eventError, faultsOf }: Props): ReactElement {
  const form = useFormContext<EventsMappingForm>();
  const { type, eventFrom, eventText, timestamp } = useFormValues(form).events;
  const readable = source.fields.filter((field) => field.readable);
  const moments = readable.filter(holdsMoment);

  function become(next: "identify" | "track"): void {
    form.setValue("events.type", next, { shouldDirty: true });
    // What happened did so at some moment; who somebody is holds now.
    if (next === "track" && timestamp === "") form.setValue("events.timestamp", proposeMoment(source) ?? "");
  }

  return (
    <SectionCard title={eventsCopy.whatTitle}>
      <div className={classes.fields}>
        <RadioCards
          id={fieldId("events.type")}
          legend={<span className="visually-hidden">{eventsCopy.whatTitle}</span>}
          name="events.type"
          value={type}
          columns={2}
          onChange={(next) => become(next as "identify" | "track")}
        >
          <RadioCard value="identify" title={eventsCopy.identify} text={eventsCopy.identifyText} />
          <RadioCard value="track" title={eventsCopy.track} text={eventsCopy.trackText} />
        </RadioCards>
        {type === "track" && (
          <RadioCards
            legend={eventsCopy.eventFrom}
            name="events.eventFrom"
            value={eventFrom}
            columns={2}
            onChange={(next) => form.setValue("events.eventFrom", next as "constant" | "column", { shouldDirty: true })}
          >
            <RadioCard value="constant" title={eventsCopy.eventConstant} />
            <RadioCard value="column" title={eventsCopy.eventColumn} />
          </RadioCards>
        )}
        {type === "track" && (
          <div id={fieldId("events.event")}>
            {eventFrom === "constant" ? (
              <TextInput
                label={eventsCopy.eventName}
                description={eventsCopy.eventNameHint}
                value={eventText}
                error={eventError}
                autoComplete="off"
                onChange={(event) =>
                  form.setValue("events.eventText", event.currentTarget.value, { shouldDirty: true })
                }
              />
            ) : (
              <ColumnSelect
                name="eventColumn"
                label={eventsCopy.eventColumnLabel}
                hint={undefined}
                fields={readable}
                faults={
                  eventError === undefined
                    ? faultsOf("event.column")
                    : [{ field: "event", severity: "error", message: eventError }]
                }
              />
            )}
          </div>
        )}
        {(type === "track" || timestamp !== "") && (
          <ColumnSelect
            name="timestamp"
            label={eventsCopy.timestamp}
            hint={eventsCopy.timestampHint}
            none={eventsCopy.timestampNone}
            fields={moments}
            faults={faultsOf("timestamp")}
          />
        )}
      </div>
    </SectionCard>
  );
}
