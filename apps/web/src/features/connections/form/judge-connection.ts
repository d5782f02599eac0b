import { entraSettingsSchema, type PostgresConnection } from "@headgate/contract";
import { isEncryptedKey, isPrivateKey } from "./certificate-text.ts";
import type { ConnectionForm } from "./connection-form.ts";
import { formCopy } from "./copy.ts";
import { secretIsUsed, secretsAskedAgain, type TravellingSecret } from "./secrets-in-use.ts";

export type FieldFault = { readonly name: string; readonly message: string };

/** What is wrong with the answers taken together, given what is stored already; single fields are the schema's. */
export function judgeConnection(form: ConnectionForm, saved: PostgresConnection | undefined): readonly FieldFault[] {
  return [...judgeEntra(form), ...judgeSecrets(form, saved), ...judgeClientCertificate(form, saved)];
}

function judgeEntra({ signIn, settings }: ConnectionForm): readonly FieldFault[] {
  if (signIn !== "entra") return [];
  const parsed = entraSettingsSchema.safeParse(settings.entra);
  const ids = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    name: ["settings", "entra", ...path].join("."),
    message,
  }));
  if (settings.tlsMode === "verify-full") return ids;
  return [...ids, { name: "settings.tlsMode", message: formCopy.entraNeedsVerification }];
}

const missing: Readonly<Record<TravellingSecret, string>> = {
  password: formCopy.passwordMissing,
  entraSecret: formCopy.entraSecretMissing,
  entraCertificate: formCopy.entraCertificateMissing,
};

/** A password may be missing, as some servers want none; an Entra application always proves itself. */
function judgeSecrets(form: ConnectionForm, saved: PostgresConnection | undefined): readonly FieldFault[] {
  const again = secretsAskedAgain(saved, form);
  const needed = (["entraSecret", "entraCertificate"] as const).filter(
    (field) => secretIsUsed[field](form) && !saved?.secrets[field].set,
  );
  const faults = [...again, ...needed]
    .filter((field) => form.secrets[field].trim() === "")
    .map((field) => ({ name: `secrets.${field}`, message: missing[field] }));
  const { entraCertificate } = form.secrets;
  if (!secretIsUsed.entraCertificate(form) || entraCertificate.trim() === "") return faults;
  return isCertificateWithKey(entraCertificate)
    ? faults
    : [...faults, { name: "secrets.entraCertificate", message: formCopy.entraCertificateUnreadable }];
}

/** PEM text with both parts, or what a PFX file looks like in Base64. */
function isCertificateWithKey(text: string): boolean {
  if (text.includes("-----BEGIN")) return isPrivateKey(text) && text.includes("-----BEGIN CERTIFICATE-----");
  return /^MI[A-Za-z0-9+/=\s]{60,}$/.test(text.trim());
}

function judgeClientCertificate(
  { settings, secrets }: ConnectionForm,
  saved: PostgresConnection | undefined,
): FieldFault[] {
  const key = secrets.clientKey.trim();
  const fault = (name: string, message: string): FieldFault[] => [{ name, message }];
  if (settings.clientCertificate.trim() === "") {
    return key === "" ? [] : fault("settings.clientCertificate", formCopy.clientCertificateMissing);
  }
  if (key === "") {
    return saved?.secrets.clientKey.set ? [] : fault("secrets.clientKey", formCopy.clientKeyMissing);
  }
  if (!isPrivateKey(key)) return fault("secrets.clientKey", formCopy.clientKeyUnreadable);
  return isEncryptedKey(key) && secrets.clientKeyPassphrase === ""
    ? fault("secrets.clientKeyPassphrase", formCopy.passphraseMissing)
    : [];
}
