import type { PostgresConnection } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { FileTextField } from "../../../ui/file-text-field.tsx";
import { Fold } from "../../../ui/fold.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { ClientCertificateFields } from "./client-certificate-fields.tsx";
import { TunnelField } from "../tunnels/tunnel-field.tsx";
import type { ChoiceForm } from "./connection-choice.ts";
import { formCopy } from "./copy.ts";
import { readCertificateFile } from "./read-key-file.ts";
import { takesAuthority } from "./tls-choices.ts";

type Props = { readonly saved: PostgresConnection | undefined; readonly resumed: boolean };

/** What few connections need, folded away until one does: an authority of one's own, a client certificate, a tunnel. */
export function MoreWays({ saved, resumed }: Props): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const { settings, secrets } = useFormValues(form);
  const { errors } = form.formState;
  const used = [settings.caCertificate, settings.clientCertificate, settings.tunnelId, secrets.clientKey].some(
    (text) => text.trim() !== "",
  );
  const faulty = [
    errors.settings?.caCertificate,
    errors.settings?.clientCertificate,
    errors.settings?.tunnelId,
    errors.secrets?.clientKey,
    errors.secrets?.clientKeyPassphrase,
  ].some(Boolean);

  return (
    <Fold title={formCopy.moreWays} hint={formCopy.moreWaysHint} faulty={faulty} open={used}>
      {(takesAuthority(settings.tlsMode) || settings.caCertificate !== "") && (
        <FileTextField
          control={form.control}
          name="settings.caCertificate"
          label={formCopy.certificate}
          hint={formCopy.certificateHint}
          accept=".pem,.crt,.cer,.der"
          read={readCertificateFile}
          placeholder="-----BEGIN CERTIFICATE-----"
        />
      )}
      <ClientCertificateFields saved={saved} resumed={resumed} />
      <TunnelField />
    </Fold>
  );
}
