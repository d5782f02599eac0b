import type { StoredSecret } from "@headgate/contract";
import { useState, type ReactElement, type ReactNode } from "react";
import { useFormContext, type FieldPath } from "react-hook-form";
import { CheckField } from "../../../ui/check-field.tsx";
import { PasswordField } from "../../../ui/password-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { kindsCopy } from "./copy.ts";
import type { KindForm } from "./kind-rules.ts";
import classes from "./kinds.module.css";

type Props = {
  readonly field: string;
  readonly label: string;
  /** What to say while nothing is stored. */
  readonly fresh: ReactNode;
  readonly stored: StoredSecret | undefined;
  /** The place it was meant for has changed. */
  readonly again: boolean;
  /** It can be done without, so that what is stored may be thrown away. */
  readonly optional?: boolean;
};

/** A secret that goes in and never comes out again. */
export function KindSecret({ field, label, fresh, stored, again, optional = false }: Props): ReactElement {
  const form = useFormContext<KindForm>();
  const { secrets, dropped } = useFormValues(form);
  // Offered as long as the form is open, also once it is ticked.
  const [droppable] = useState(optional && stored?.set === true);
  const hint = again ? kindsCopy.secretAgain : stored?.set ? kindsCopy.secretSaved : fresh;
  return (
    <div className={classes.secret}>
      <PasswordField
        control={form.control}
        name={`secrets.${field}` as FieldPath<KindForm>}
        label={label}
        hint={dropped[field] ? kindsCopy.secretDropped : hint}
        autoComplete="off"
      />
      {droppable && secrets[field] === "" && (
        <CheckField
          control={form.control}
          name={`dropped.${field}` as FieldPath<KindForm>}
          label={kindsCopy.drop(label)}
        />
      )}
    </div>
  );
}
