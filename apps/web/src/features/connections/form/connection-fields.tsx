import type { PostgresConnection } from "@headgate/contract";
import { useState, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { NumberField } from "../../../ui/number-field.tsx";
import { SelectField } from "../../../ui/select-field.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import type { ChoiceForm } from "./connection-choice.ts";
import { formCopy } from "./copy.ts";
import { KeptDefinition } from "./kept-definition.tsx";
import { MoreWays } from "./more-ways.tsx";
import type { Asks } from "./paste/fill-from-pasted.ts";
import { PasteBox } from "./paste/paste-box.tsx";
import { ProviderNote } from "./provider-note.tsx";
import { SignInFields } from "./sign-in-fields.tsx";
import { tlsChoices, tlsMeaning } from "./tls-choices.ts";
import { useSuggestions } from "./use-suggestions.ts";
import classes from "./connection-fields.module.css";

type Props = {
  /** The saved connection being changed; undefined for a new one. */
  readonly saved: PostgresConnection | undefined;
  /** The form came back from a draft, which never holds a password. */
  readonly resumed: boolean;
};

const tlsOptions = tlsChoices.map(({ mode, label }) => ({ value: mode, label }));

/** The details of one PostgreSQL connection; must stand inside a form provider. */
export function ConnectionFields({ saved, resumed }: Props): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const { control } = form;
  const values = useFormValues(form);
  const chooseTls = useSuggestions(saved, values);
  const [asks, setAsks] = useState<Asks>({});

  return (
    <fieldset className={classes.fields}>
      <legend className="visually-hidden">{formCopy.legend}</legend>
      <PasteBox saved={saved} chooseTls={chooseTls} onAsks={setAsks} />
      <div>
        <div className={classes.pair}>
          <TextField
            control={control}
            name="settings.host"
            label={formCopy.host}
            hint={formCopy.hostHint}
            verbatim
            autoComplete="off"
          />
          <NumberField
            control={control}
            name="settings.port"
            label={formCopy.port}
            hint={formCopy.portHint}
            maxWidth="100%"
          />
        </div>
        <ProviderNote server={values.settings} />
      </div>
      <TextField
        control={control}
        name="settings.database"
        label={formCopy.database}
        hint={formCopy.databaseHint}
        verbatim
        autoComplete="off"
      />
      <SignInFields saved={saved} resumed={resumed} asks={asks} />
      <SelectField
        control={control}
        name="settings.tlsMode"
        label={formCopy.encryption}
        hint={tlsMeaning(values.settings.tlsMode)}
        options={tlsOptions}
      />
      <MoreWays saved={saved} resumed={resumed} />
      <TextField control={control} name="name" label={formCopy.name} hint={formCopy.nameHint} autoComplete="off" />
      <KeptDefinition importedFrom={values.settings.importedFrom} />
    </fieldset>
  );
}
