import { materialFaults, type MaterialFault } from "@headgate/connectors";
import type { PostgresConnection, PostgresAnswers, PostgresSecrets } from "@headgate/contract";
import { invalid } from "../http/refusal.ts";

/** Says at its field why a certificate or key cannot be used; nothing unusable is saved. */
export async function refuseUnusableMaterial(
  { settings, secrets }: { readonly settings: Partial<PostgresAnswers["settings"]>; readonly secrets: PostgresSecrets },
  current?: PostgresConnection,
): Promise<void> {
  const faults = await materialFaults({ ...settings, ...secrets });
  const fields = faults
    .filter((fault) => !isStored(fault, secrets, current))
    .map(({ of, reason }) => sentences[of][reason] ?? sentences[of].unreadable);
  if (fields.length > 0) throw invalid(Object.fromEntries(fields));
}

/** What is missing here may be stored already; a key without its certificate, or the other way round, is for the check. */
function isStored(
  { of, reason }: MaterialFault,
  secrets: PostgresSecrets,
  current: PostgresConnection | undefined,
): boolean {
  if (of === "client" && reason === "key_missing") return secrets.clientKey === undefined;
  if (of === "client" && reason === "passphrase_missing") return current?.secrets.clientKeyPassphrase.set === true;
  if (of === "entra" && reason === "password_missing") return current?.secrets.entraCertificatePassword.set === true;
  return false;
}

type Sentence = readonly [field: string, sentence: string];
type Sentences = Readonly<Record<string, Sentence>> & { readonly unreadable: Sentence };

const wholeCertificate =
  "This is not a whole certificate. Add everything from BEGIN CERTIFICATE to END CERTIFICATE, as PEM text.";
const wholeKey = "This is not a whole private key. Add everything from BEGIN to END PRIVATE KEY.";
const mismatch = "This key belongs to another certificate. Add the two that were made together.";

const sentences: Readonly<Record<MaterialFault["of"], Sentences>> = {
  authority: {
    unreadable: ["settings.caCertificate", wholeCertificate],
    private_key: ["settings.caCertificate", "This is a private key. Add the authority's certificate in its place."],
  },
  client: {
    unreadable: ["settings.clientCertificate", wholeCertificate],
    private_key: ["settings.clientCertificate", "This is a private key. Add the certificate in its place."],
    certificate_missing: ["settings.clientCertificate", "Add the certificate that belongs to this key."],
    key_missing: ["secrets.clientKey", "Add the private key that belongs to this certificate."],
    key_unreadable: ["secrets.clientKey", wholeKey],
    mismatch: ["secrets.clientKey", mismatch],
    weak: ["secrets.clientKey", "This key is too short. Ask for one with 2,048 bits or more."],
    passphrase_missing: ["secrets.clientKeyPassphrase", "This key is locked. Enter its passphrase."],
    passphrase_wrong: ["secrets.clientKeyPassphrase", "This passphrase does not open the key. Enter it again."],
  },
  entra: {
    unreadable: [
      "secrets.entraCertificate",
      "This is no certificate with its private key. Add one PEM text that holds both, or a PFX file.",
    ],
    certificate_missing: ["secrets.entraCertificate", "The certificate is missing. Add it together with its key."],
    key_missing: ["secrets.entraCertificate", "The private key is missing. Add it together with the certificate."],
    mismatch: ["secrets.entraCertificate", mismatch],
    not_rsa: ["secrets.entraCertificate", "Microsoft takes RSA keys only. Add a certificate with an RSA key."],
    password_missing: ["secrets.entraCertificatePassword", "This file is locked. Enter its password."],
    password_wrong: ["secrets.entraCertificatePassword", "This password does not open the file. Enter it again."],
  },
};
