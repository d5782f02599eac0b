import {
  entraSettingsSchema,
  secretFields,
  type PostgresConnection,
  type PostgresAnswers,
  type PostgresSecrets,
} from "@headgate/contract";
import { documentOf, type CheckedConnectionForm } from "./connection-form.ts";
import { secretIsUsed, type PostgresSecretField } from "./secrets-in-use.ts";

type Stored = PostgresConnection["secrets"];

/** The checked form as the server wants it: what is blank or does not count is left out. */
export function connectionAnswers(form: CheckedConnectionForm, stored?: Stored): PostgresAnswers {
  const { caCertificate, clientCertificate, entra, tunnelId, importedFrom, ...settings } = form.settings;
  const document = documentOf(importedFrom);
  return {
    kind: "postgres",
    name: form.name,
    settings: {
      ...settings,
      ...(caCertificate.trim() !== "" && { caCertificate }),
      ...(clientCertificate.trim() !== "" && { clientCertificate }),
      ...(form.signIn === "entra" && { entra: entraSettingsSchema.parse(entra) }),
      ...(tunnelId !== "" && { tunnelId }),
      ...(document && { importedFrom: document }),
    },
    secrets: secretsOf(form, stored),
    ...(form.secrets.entraSecret !== "" &&
      secretIsUsed.entraSecret(form) && { entraSecretExpires: form.entraSecretExpires || null }),
  };
}

/** A new key without a passphrase has none: the old one's may not stay behind. */
const openedBy: Partial<Record<PostgresSecretField, PostgresSecretField>> = {
  clientKeyPassphrase: "clientKey",
  entraCertificatePassword: "entraCertificate",
};

/** An empty field keeps what is stored; what is no longer used is removed. */
function secretsOf(form: CheckedConnectionForm, stored: Stored | undefined): PostgresSecrets {
  const secrets: PostgresSecrets = {};
  for (const field of secretFields.postgres) {
    const typed = form.secrets[field];
    const used = secretIsUsed[field](form);
    const opens = openedBy[field];
    const replaced = opens !== undefined && form.secrets[opens] !== "";
    if (used && typed !== "") secrets[field] = typed;
    else if (stored?.[field].set && (!used || replaced)) secrets[field] = "";
  }
  return secrets;
}
