import { formCopy } from "./copy.ts";

/** The fields of the form in the order in which they stand there, by the names that the server uses too. */
export const fieldLabels = {
  "settings.host": formCopy.host,
  "settings.port": formCopy.port,
  "settings.database": formCopy.database,
  signIn: formCopy.signIn,
  "settings.user": formCopy.user,
  "secrets.password": formCopy.password,
  "settings.entra.tenantId": formCopy.tenant,
  "settings.entra.clientId": formCopy.client,
  "settings.entra.cloud": formCopy.cloud,
  "settings.entra.credential": formCopy.credential,
  "secrets.entraSecret": formCopy.entraSecret,
  "secrets.entraCertificate": formCopy.entraCertificate,
  "secrets.entraCertificatePassword": formCopy.entraCertificatePassword,
  "settings.tlsMode": formCopy.encryption,
  name: formCopy.name,
} as const;

export type LabelledField = keyof typeof fieldLabels;
