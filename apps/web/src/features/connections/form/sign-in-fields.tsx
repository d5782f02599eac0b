import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { PasswordField } from "../../../ui/password-field.tsx";
import { SelectField } from "../../../ui/select-field.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import type { ChoiceForm } from "./connection-choice.ts";
import { formCopy } from "./copy.ts";
import { EntraFields, type SignInProps } from "./entra-fields.tsx";
import { SecretHint } from "./secret-hint.tsx";

const ways = [
  { value: "password", label: formCopy.byPassword },
  { value: "entra", label: formCopy.byEntra },
];

/** How to sign in, and the fields of that way only. */
export function SignInFields(props: SignInProps): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const { control } = form;
  const { signIn } = useFormValues(form);
  return (
    <>
      <SelectField control={control} name="signIn" label={formCopy.signIn} options={ways} />
      <TextField
        control={control}
        name="settings.user"
        label={formCopy.user}
        hint={signIn === "entra" ? formCopy.entraUserHint : formCopy.userHint}
        verbatim
        autoComplete="off"
      />
      {signIn === "entra" ? (
        <EntraFields {...props} />
      ) : (
        <PasswordField
          control={control}
          name="secrets.password"
          label={formCopy.password}
          hint={<SecretHint {...props} field="password" fresh={formCopy.passwordNew} />}
          autoComplete="new-password"
        />
      )}
    </>
  );
}
