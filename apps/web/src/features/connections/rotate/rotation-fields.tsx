import type { RotationKind } from "@headgate/core";
import type { ReactElement } from "react";
import type { Control } from "react-hook-form";
import { FileTextField } from "../../../ui/file-text-field.tsx";
import { PasswordField } from "../../../ui/password-field.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { readCertificateFile, readIdentityFile, readKeyFile } from "../form/read-key-file.ts";
import { rotateCopy } from "./copy.ts";
import type { RotationForm } from "./rotation-form.ts";

type Props = { readonly kind: RotationKind; readonly control: Control<RotationForm, unknown, RotationForm> };

/** What must be entered for each kind of secret. */
export function RotationFields({ kind, control }: Props): ReactElement {
  switch (kind) {
    case "password":
      return (
        <PasswordField
          control={control}
          name="rotation.secrets.password"
          label={rotateCopy.password}
          hint={rotateCopy.passwordHint}
          autoComplete="new-password"
        />
      );
    case "client_key":
      return <ClientKeyFields control={control} />;
    case "entra_secret":
      return (
        <>
          <PasswordField
            control={control}
            name="rotation.secrets.entraSecret"
            label={rotateCopy.entraSecret}
            hint={rotateCopy.entraSecretHint}
            autoComplete="off"
          />
          <TextField
            control={control}
            type="date"
            name="rotation.entraSecretExpires"
            label={rotateCopy.expires}
            hint={rotateCopy.expiresHint}
            maxWidth="12rem"
          />
        </>
      );
    case "entra_certificate":
      return (
        <>
          <FileTextField
            control={control}
            name="rotation.secrets.entraCertificate"
            label={rotateCopy.entraCertificate}
            hint={rotateCopy.entraCertificateHint}
            accept=".pem,.pfx,.p12"
            read={readIdentityFile}
            secret
          />
          <PasswordField
            control={control}
            name="rotation.secrets.entraCertificatePassword"
            label={rotateCopy.entraCertificatePassword}
            hint={rotateCopy.entraCertificatePasswordHint}
            autoComplete="off"
          />
        </>
      );
  }
}

function ClientKeyFields({ control }: Pick<Props, "control">): ReactElement {
  return (
    <>
      <FileTextField
        control={control}
        name="rotation.clientCertificate"
        label={rotateCopy.clientCertificate}
        hint={rotateCopy.clientCertificateHint}
        accept=".pem,.crt,.cer,.der"
        read={readCertificateFile}
        placeholder="-----BEGIN CERTIFICATE-----"
      />
      <FileTextField
        control={control}
        name="rotation.secrets.clientKey"
        label={rotateCopy.clientKey}
        hint={rotateCopy.clientKeyHint}
        accept=".pem,.key"
        read={readKeyFile}
        placeholder="-----BEGIN PRIVATE KEY-----"
        secret
      />
      <PasswordField
        control={control}
        name="rotation.secrets.clientKeyPassphrase"
        label={rotateCopy.passphrase}
        hint={rotateCopy.passphraseHint}
        autoComplete="off"
      />
    </>
  );
}
