import type { ConnectionSecretField, PostgresSettings } from "@headgate/contract";

/** The kinds of secret that a person replaces as one thing. */
export type RotationKind = "password" | "client_key" | "entra_secret" | "entra_certificate";

/** The fields of each kind, the one that must be given first. What stands beside an old one is never kept for a new one. */
export const rotationFields = {
  password: ["password"],
  client_key: ["clientKey", "clientKeyPassphrase"],
  entra_secret: ["entraSecret"],
  entra_certificate: ["entraCertificate", "entraCertificatePassword"],
} as const satisfies Record<RotationKind, readonly [ConnectionSecretField, ...ConnectionSecretField[]]>;

/** What a connection signs in with, and so what can be replaced, the most usual first. */
export function rotationKinds(settings: Pick<PostgresSettings, "entra" | "clientCertificate">): RotationKind[] {
  const signIn = settings.entra ? (`entra_${settings.entra.credential}` as const) : "password";
  return settings.clientCertificate === undefined ? [signIn] : [signIn, "client_key"];
}
