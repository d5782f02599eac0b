import { eventDialects, type EventDialect } from "@headgate/contract";
import { useEffect, useRef, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { CheckField } from "../../../../ui/check-field.tsx";
import { fieldId } from "../../../../ui/field.ts";
import { Fold } from "../../../../ui/fold.tsx";
import { NumberField } from "../../../../ui/number-field.tsx";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { AuthorityField } from "../authority-field.tsx";
import type { KindFieldsProps } from "../kind-fields-props.ts";
import { KindSecret } from "../kind-secret.tsx";
import classes from "../kinds.module.css";
import { dialectCards, eventsFormCopy } from "./copy.ts";
import type { EventsForm } from "./events-form.ts";

/** How to reach an event API: which product, where, and with which key. */
export function EventsFields({ stored, again }: KindFieldsProps<"events">): ReactElement {
  const form = useFormContext<EventsForm>();
  const { control, formState } = form;
  const { dialect } = useFormValues(form).settings;
  const card = dialectCards[dialect];
  const errors = formState.errors.settings;
  useUsualAddress(dialect);

  return (
    <>
      <RadioCards
        id={fieldId("settings.dialect")}
        legend={eventsFormCopy.dialect}
        name="settings.dialect"
        value={dialect}
        columns={2}
        onChange={(value) => form.setValue("settings.dialect", value as EventDialect, { shouldDirty: true })}
      >
        {eventDialects.map((value) => (
          <RadioCard key={value} value={value} title={dialectCards[value].title} text={dialectCards[value].text} />
        ))}
      </RadioCards>
      <TextField
        control={control}
        name="settings.dataPlaneUrl"
        label={card.address}
        hint={card.addressHint}
        verbatim
        autoComplete="off"
      />
      <KindSecret
        field="writeKey"
        label={eventsFormCopy.writeKey}
        fresh={eventsFormCopy.writeKeyNew}
        stored={stored?.secrets.writeKey}
        again={again.includes("writeKey")}
      />
      <Fold title={eventsFormCopy.whereTitle}>
        <ol className={classes.steps}>
          {card.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Fold>
      <Fold
        title={eventsFormCopy.more}
        hint={eventsFormCopy.moreHint}
        faulty={Boolean(errors?.lanes ?? errors?.caCertificate)}
      >
        <NumberField
          control={control}
          name="settings.lanes"
          label={eventsFormCopy.lanes}
          hint={eventsFormCopy.lanesHint}
          maxWidth="24rem"
        />
        <CheckField control={control} name="settings.gzip" label={eventsFormCopy.gzip} hint={eventsFormCopy.gzipHint} />
        <AuthorityField />
      </Fold>
    </>
  );
}

/** A product with one address for everybody offers it, as long as nobody typed another. */
function useUsualAddress(dialect: EventDialect): void {
  const form = useFormContext<EventsForm>();
  const offered = useRef(dialectCards[dialect].usual);
  useEffect(() => {
    const { usual } = dialectCards[dialect];
    const typed = form.getValues("settings.dataPlaneUrl");
    if (typed === "" || typed === offered.current) form.setValue("settings.dataPlaneUrl", usual);
    offered.current = usual;
  }, [form, dialect]);
}
