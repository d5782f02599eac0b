import { entraClouds, type PostgresConnection, type EntraCloud } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { FileTextField } from "../../../ui/file-text-field.tsx";
import { PasswordField } from "../../../ui/password-field.tsx";
import { SelectField } from "../../../ui/select-field.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import type { ChoiceForm } from "./connection-choice.ts";
import { formCopy } from "./copy.ts";
import { readIdentityFile } from "./read-key-file.ts";
import { SecretHint } from "./secret-hint.tsx";
import type { Asks } from "./paste/fill-from-pasted.ts";

const cloudNames: Readonly<Record<EntraCloud, string>> = {
  AzurePublic: "Azure (public)",
  AzureUsGovernment: "Azure US Government",
  AzureChina: "Azure China (21Vianet)",
  AzureGermany: "Azure Germany (retired)",
};
const clouds = entraClouds.map((cloud) => ({ value: cloud, label: cloudNames[cloud] }));
const credentials = [
  { value: "secret", label: formCopy.credentialSecret },
  { value: "certificate", label: formCopy.credentialCertificate },
];

export type SignInProps = {
  readonly saved: PostgresConnection | undefined;
  /** The form came back from a draft, which never holds a secret. */
  readonly resumed: boolean;
  readonly asks: Asks;
};

/** The Microsoft Entra application that signs in, and how it proves itself. */
export function EntraFields(props: SignInProps): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const { control } = form;
  const { settings, secrets } = useFormValues(form);
  const verbatim = { control, verbatim: true, autoComplete: "off" } as const;
  return (
    <>
      <TextField {...verbatim} name="settings.entra.tenantId" label={formCopy.tenant} hint={formCopy.tenantHint} />
      <TextField {...verbatim} name="settings.entra.clientId" label={formCopy.client} hint={formCopy.clientHint} />
      <SelectField control={control} name="settings.entra.cloud" label={formCopy.cloud} options={clouds} />
      <SelectField
        control={control}
        name="settings.entra.credential"
        label={formCopy.credential}
        options={credentials}
      />
      {settings.entra.credential === "secret" ? (
        <>
          <PasswordField
            control={control}
            name="secrets.entraSecret"
            label={formCopy.entraSecret}
            hint={<SecretHint {...props} field="entraSecret" fresh={formCopy.entraSecretNew} />}
            autoComplete="off"
          />
          {secrets.entraSecret !== "" && (
            <TextField
              control={control}
              type="date"
              name="entraSecretExpires"
              label={formCopy.secretExpires}
              hint={formCopy.secretExpiresHint}
              maxWidth="12rem"
            />
          )}
        </>
      ) : (
        <>
          <FileTextField
            control={control}
            name="secrets.entraCertificate"
            label={formCopy.entraCertificate}
            hint={<SecretHint {...props} field="entraCertificate" fresh={formCopy.entraCertificateNew} />}
            accept=".pem,.pfx,.p12"
            read={readIdentityFile}
            secret
          />
          <PasswordField
            control={control}
            name="secrets.entraCertificatePassword"
            label={formCopy.entraCertificatePassword}
            hint={
              <SecretHint
                {...props}
                field="entraCertificatePassword"
                fresh={formCopy.onlyIfProtected}
                replaced={secrets.entraCertificate !== ""}
              />
            }
            autoComplete="off"
          />
        </>
      )}
    </>
  );
}
