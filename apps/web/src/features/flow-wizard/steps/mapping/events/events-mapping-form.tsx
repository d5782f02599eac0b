import { traitPath, type EventDialect } from "@headgate/contract";
import { eventToJson, traitKeyFor } from "@headgate/core";
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useMemo, useState, type ReactElement } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { fieldId } from "../../../../../ui/field.ts";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import { StepForm } from "../../../../../ui/step-form.tsx";
import { useFormValues } from "../../../../../ui/use-form-values.ts";
import { WithAside } from "../../../../../ui/with-aside.tsx";
import { StepActions } from "../../../layout/step-actions.tsx";
import { stepResolver } from "../../../step-resolver.ts";
import { useTyped } from "../../../use-typed.ts";
import { ColumnList } from "../column-list.tsx";
import { JsonPane, type RowAsJson } from "../json-pane.tsx";
import { changedRows, type MappingChange } from "../mapping-rows.ts";
import type { MappingProps } from "../mapping-step.tsx";
import { ConstantFields } from "./constant-fields.tsx";
import { eventsCopy, traitWords } from "./copy.ts";
import { EventFields } from "./event-fields.tsx";
import { eventsDefaults, typedEvents, type EventsMappingForm } from "./events-form.ts";
import { PeopleFields } from "./people-fields.tsx";
import { eventFaults, traitFaults } from "./trait-faults.ts";
import classes from "./events.module.css";

type Props = Omit<MappingProps, "destination"> & { readonly dialect: EventDialect };

/** How a row becomes an event, with one real row beside it as the event it will be. */
export function EventsMappingForm({ draft, saver, goOn, connection, source, dialect }: Props): ReactElement {
  const judge = (form: EventsMappingForm) => eventFaults(typedEvents(form), form.events.constants, source);
  const form = useForm({
    resolver: stepResolver(
      "mapping",
      draft,
      (values: EventsMappingForm) => ({ events: typedEvents(values) }),
      (values) =>
        judge(values)
          .filter(({ severity }) => severity === "error")
          .map(({ field, message }) => ({ field: `events.${field}`, message })),
    ),
    defaultValues: eventsDefaults(draft.steps.mapping?.events, source),
    shouldFocusError: false,
  });
  const { setValue, getValues } = form;
  const values = useFormValues(form);
  const { events, rows } = values;
  const [edited, setEdited] = useState<string>();
  const wide = useMediaQuery("(min-width: 75em)", true);
  const faults = judge(values);
  const faultsOf = (field: string) => faults.filter((fault) => fault.field === field);
  const typed = useMemo(() => typedEvents({ events, rows }), [events, rows]);
  useTyped(form, (next) => saver.keep({ events: typedEvents(next) }));

  const change = useCallback(
    (step: MappingChange) => {
      if (step.type === "rename") setEdited(step.destination);
      setValue("rows", changedRows(getValues("rows"), step), { shouldDirty: true });
    },
    [getValues, setValue],
  );
  const jsonOf = useCallback(
    (columns: Parameters<typeof eventToJson>[1], row: readonly (string | null)[]): RowAsJson =>
      eventToJson(typed, columns, row, dialect),
    [typed, dialect],
  );

  const words = traitWords[events.type];
  return (
    <FormProvider {...form}>
      <StepForm
        form={form}
        onSubmit={(answers) => saver.finish(answers).then(goOn)}
        actions={<StepActions saver={saver} busy={form.formState.isSubmitting} />}
      >
        <WithAside aside="wide">
          <div className={classes.sheets}>
            <PeopleFields source={source} faultsOf={faultsOf} />
            <EventFields
              source={source}
              eventError={messageAt(form.formState.errors.events, "event")}
              faultsOf={faultsOf}
            />
            <SectionCard title={words.title}>
              <div id={fieldId("events.traits")} tabIndex={-1}>
                <ColumnList
                  rows={rows}
                  words={words}
                  destination={null}
                  named={traitKeyFor}
                  fieldOf={(place) => `events.traits.${place}.key`}
                  faults={traitFaults(rows, faults)}
                  onChange={change}
                />
              </div>
            </SectionCard>
            <ConstantFields faultsOf={faultsOf} onEdited={setEdited} />
          </div>
          <JsonPane
            {...{ connection, source, words, jsonOf }}
            highlight={edited === undefined ? undefined : traitPath(edited)}
            note={eventsCopy.messageId}
            folded={!wide}
          />
        </WithAside>
      </StepForm>
    </FormProvider>
  );
}

/** What is wrong with a part of the answers that the form cuts in pieces of its own. */
function messageAt(errors: unknown, part: string): string | undefined {
  const fault = (errors as Readonly<Record<string, { readonly message?: unknown } | undefined>> | undefined)?.[part];
  return typeof fault?.message === "string" ? fault.message : undefined;
}
