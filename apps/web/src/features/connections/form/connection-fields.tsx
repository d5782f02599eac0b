import type { Connection, TlsMode } from "@headgate/contract";
import { useEffect, useRef, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { NumberField } from "../../../ui/number-field.tsx";
import { PasswordField } from "../../../ui/password-field.tsx";
import { SelectField } from "../../../ui/select-field.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import type { ChoiceForm } from "./connection-choice.ts";
import { asksForPasswordAgain, suggestedName } from "./connection-form.ts";
import { formCopy } from "./copy.ts";
import { PasteBox } from "./paste-box.tsx";
import { defaultTlsMode, tlsChoices, tlsMeaning, verifiesCertificate } from "./tls-choices.ts";
import classes from "./connection-fields.module.css";

type Props = {
  /** The saved connection being changed; undefined for a new one. */
  readonly saved: Connection | undefined;
  /** The form came back from a draft, which never holds a password. */
  readonly resumed: boolean;
};

const tlsOptions = tlsChoices.map(({ mode, label }) => ({ value: mode, label }));

/** The details of one PostgreSQL connection; must stand inside a form provider. */
export function ConnectionFields({ saved, resumed }: Props): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const { control } = form;
  const values = useFormValues(form);
  const { host, database, tlsMode } = values.settings;
  const chooseTls = useSuggestions(saved, host, database, tlsMode);

  return (
    <fieldset className={classes.fields}>
      <legend className="visually-hidden">{formCopy.legend}</legend>
      <PasteBox chooseTls={chooseTls} />
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
      <TextField
        control={control}
        name="settings.database"
        label={formCopy.database}
        hint={formCopy.databaseHint}
        verbatim
        autoComplete="off"
      />
      <TextField
        control={control}
        name="settings.user"
        label={formCopy.user}
        hint={formCopy.userHint}
        verbatim
        autoComplete="off"
      />
      <PasswordField
        control={control}
        name="secrets.password"
        label={formCopy.password}
        hint={passwordHint(saved, values, resumed)}
        autoComplete="new-password"
      />
      <SelectField
        control={control}
        name="settings.tlsMode"
        label={formCopy.encryption}
        hint={tlsMeaning(tlsMode)}
        options={tlsOptions}
      />
      {verifiesCertificate(tlsMode) && (
        <TextField
          control={control}
          name="settings.caCertificate"
          label={formCopy.certificate}
          hint={formCopy.certificateHint}
          rows={3}
          verbatim
          autoComplete="off"
          placeholder="-----BEGIN CERTIFICATE-----"
        />
      )}
      <TextField control={control} name="name" label={formCopy.name} hint={formCopy.nameHint} autoComplete="off" />
    </fieldset>
  );
}

function passwordHint(saved: Connection | undefined, values: ChoiceForm, resumed: boolean): string {
  if (saved && asksForPasswordAgain(saved, values)) return formCopy.passwordAgain;
  if (saved?.secrets.password.set) return formCopy.passwordSaved;
  return resumed ? formCopy.passwordLost : formCopy.passwordNew;
}

/** Offers a name and an encryption that follow from what is typed, until the person chooses their own. */
function useSuggestions(
  saved: Connection | undefined,
  host: string,
  database: string,
  tlsMode: TlsMode,
): (chosen: boolean) => boolean {
  const form = useFormContext<ChoiceForm>();
  const tlsChosen = useRef(saved !== undefined || tlsMode !== defaultTlsMode(host));
  const offered = useRef({ name: suggestedName(database, host), tlsMode });

  useEffect(() => {
    const name = form.getValues("name");
    const next = suggestedName(database, host);
    if (!saved && (name === "" || name === offered.current.name)) form.setValue("name", next);
    offered.current.name = next;
  }, [form, saved, host, database]);

  useEffect(() => {
    if (form.getValues("settings.tlsMode") !== offered.current.tlsMode) tlsChosen.current = true;
    if (tlsChosen.current) return;
    offered.current.tlsMode = defaultTlsMode(host);
    form.setValue("settings.tlsMode", offered.current.tlsMode);
  }, [form, host, tlsMode]);

  return (chosen) => {
    const before = tlsChosen.current;
    tlsChosen.current = chosen;
    return before;
  };
}
