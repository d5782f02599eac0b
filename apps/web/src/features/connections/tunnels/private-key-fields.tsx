import type { ReactElement } from "react";
import type { Control } from "react-hook-form";
import { FileTextField, type FileReading } from "../../../ui/file-text-field.tsx";
import { PasswordField } from "../../../ui/password-field.tsx";
import { tunnelFormCopy } from "./copy.ts";
import type { CheckedTunnelForm, TunnelForm } from "./tunnel-form.ts";

type Props = {
  readonly control: Control<TunnelForm, unknown, CheckedTunnelForm>;
  /** A key is stored already, and an empty field keeps it. */
  readonly stored: boolean;
};

const mostBytes = 100_000;

/** A private key pasted or read from a file, and what opens it. */
export function PrivateKeyFields({ control, stored }: Props): ReactElement {
  return (
    <>
      <FileTextField
        control={control}
        name="tunnel.secrets.privateKey"
        label={tunnelFormCopy.keyField}
        hint={stored ? tunnelFormCopy.keySaved : tunnelFormCopy.keyHint}
        // Most have names without an ending, id_ed25519 for one.
        accept=""
        read={readKeyFile}
        rows={4}
        placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
        secret
      />
      <PasswordField
        control={control}
        name="tunnel.secrets.passphrase"
        label={tunnelFormCopy.passphrase}
        hint={stored ? tunnelFormCopy.passphraseSaved : tunnelFormCopy.passphraseHint}
        autoComplete="off"
      />
    </>
  );
}

/** Whatever text it holds: which key it is and whether it can be used, the server says when it is saved. */
async function readKeyFile(file: File): Promise<FileReading> {
  return file.size > mostBytes ? { fault: tunnelFormCopy.fileTooLarge } : { text: await file.text() };
}
