import type { PostgresConnection } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { FileTextField } from "../../../ui/file-text-field.tsx";
import { PasswordField } from "../../../ui/password-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import type { ChoiceForm } from "./connection-choice.ts";
import { formCopy } from "./copy.ts";
import { readCertificateFile, readKeyFile } from "./read-key-file.ts";
import { SecretHint } from "./secret-hint.tsx";

type Props = { readonly saved: PostgresConnection | undefined; readonly resumed: boolean };

/** The certificate that stands for this login; its key is asked for once there is one. */
export function ClientCertificateFields(props: Props): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const { control } = form;
  const { settings, secrets } = useFormValues(form);
  const given = settings.clientCertificate.trim() !== "" || secrets.clientKey !== "";
  const hints = { ...props, asks: {} };
  return (
    <>
      <FileTextField
        control={control}
        name="settings.clientCertificate"
        label={formCopy.clientCertificate}
        hint={formCopy.clientCertificateHint}
        accept=".pem,.crt,.cer,.der"
        read={readCertificateFile}
        placeholder="-----BEGIN CERTIFICATE-----"
      />
      {given && (
        <FileTextField
          control={control}
          name="secrets.clientKey"
          label={formCopy.clientKey}
          hint={<SecretHint {...hints} field="clientKey" fresh={formCopy.clientKeyNew} />}
          accept=".pem,.key"
          read={readKeyFile}
          placeholder="-----BEGIN PRIVATE KEY-----"
          secret
        />
      )}
      {given && (
        <PasswordField
          control={control}
          name="secrets.clientKeyPassphrase"
          label={formCopy.passphrase}
          hint={
            <SecretHint
              {...hints}
              field="clientKeyPassphrase"
              fresh={formCopy.onlyIfProtected}
              replaced={secrets.clientKey !== ""}
            />
          }
          autoComplete="off"
        />
      )}
    </>
  );
}
