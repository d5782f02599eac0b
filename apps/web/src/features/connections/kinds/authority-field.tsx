import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { FileTextField } from "../../../ui/file-text-field.tsx";
import { readCertificateFile } from "../form/read-key-file.ts";
import { kindsCopy } from "./copy.ts";
import type { KindForm } from "./kind-rules.ts";

type WithAuthority = KindForm & { settings: { caCertificate: string } };

/** The authority behind a receiver's certificate, where it is nobody whom machines know by themselves. */
export function AuthorityField(): ReactElement {
  const { control } = useFormContext<WithAuthority>();
  return (
    <FileTextField
      control={control}
      name="settings.caCertificate"
      label={kindsCopy.certificate}
      hint={kindsCopy.certificateHint}
      accept=".pem,.crt,.cer,.der"
      read={readCertificateFile}
      placeholder="-----BEGIN CERTIFICATE-----"
    />
  );
}
