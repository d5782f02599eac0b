import type { Tunnel } from "@headgate/contract";
import { Badge } from "@mantine/core";
import type { ReactElement } from "react";
import type { UseFormReturn } from "react-hook-form";
import { fieldId } from "../../../ui/field.ts";
import { PasswordField } from "../../../ui/password-field.tsx";
import { RadioCard, RadioCards } from "../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { tunnelFormCopy } from "./copy.ts";
import classes from "./tunnel-details.module.css";
import { PrivateKeyFields } from "./private-key-fields.tsx";
import { isMoved, type CheckedTunnelForm, type TunnelForm } from "./tunnel-form.ts";

type Props = {
  readonly form: UseFormReturn<TunnelForm, unknown, CheckedTunnelForm>;
  readonly saved: Tunnel | undefined;
};

/** The three ways of signing in at an SSH server, the best one first, each with the fields it needs. */
export function MethodFields({ form, saved }: Props): ReactElement {
  const { tunnel } = useFormValues(form);
  const { method } = tunnel;

  function choose(next: string): void {
    form.clearErrors("tunnel.secrets");
    form.setValue("tunnel.method", next as Tunnel["method"], { shouldDirty: true });
  }

  return (
    <RadioCards
      id={fieldId("tunnel.method")}
      legend={tunnelFormCopy.method}
      name="tunnel.method"
      value={method}
      onChange={choose}
    >
      <RadioCard
        value="headgate_key"
        title={tunnelFormCopy.headgateKey}
        text={saved?.method === "headgate_key" ? tunnelFormCopy.headgateKeyKept : tunnelFormCopy.headgateKeyText}
        badge={
          <Badge variant="light" tt="none">
            {tunnelFormCopy.recommended}
          </Badge>
        }
      />
      <RadioCard value="private_key" title={tunnelFormCopy.privateKey} text={tunnelFormCopy.privateKeyText}>
        {method === "private_key" && (
          <div className={classes.fields}>
            <PrivateKeyFields
              control={form.control}
              stored={saved?.method === "private_key" && saved.secrets.privateKey.set}
            />
          </div>
        )}
      </RadioCard>
      <RadioCard value="password" title={tunnelFormCopy.password} text={tunnelFormCopy.passwordText}>
        {method === "password" && (
          <PasswordField
            control={form.control}
            name="tunnel.secrets.password"
            label={tunnelFormCopy.passwordField}
            hint={passwordHint(saved, tunnel)}
            autoComplete="off"
          />
        )}
      </RadioCard>
    </RadioCards>
  );
}

function passwordHint(saved: Tunnel | undefined, tunnel: TunnelForm["tunnel"]): string {
  if (!saved?.secrets.password.set) return tunnelFormCopy.passwordHint;
  return isMoved(saved, tunnel) ? tunnelFormCopy.passwordAgain : tunnelFormCopy.passwordSaved;
}
