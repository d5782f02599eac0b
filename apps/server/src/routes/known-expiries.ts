import { authoritiesEnd, clientCertificateEnds, entraCertificateEnds } from "@headgate/connectors";
import type { PostgresAnswers } from "@headgate/contract";
import type { ExpiryChanges } from "@headgate/store";

type Known = Pick<PostgresAnswers, "secrets" | "entraSecretExpires"> & {
  /** A receiver has an authority at most. */
  readonly settings: Partial<PostgresAnswers["settings"]>;
};

/**
 * The days on which what a person gives us ends. A certificate is read now, while it is open: its last day is no secret,
 * and is all of it that is kept readable. `storedPassword` opens a new Entra certificate that came without one.
 */
export async function knownExpiries(
  { settings, secrets, entraSecretExpires }: Known,
  storedPassword: () => Promise<string | undefined> = () => Promise.resolve(undefined),
): Promise<ExpiryChanges> {
  const { entra, tlsMode, caCertificate, clientCertificate } = settings;
  const encrypts = tlsMode !== "disable";
  return {
    ca_certificate: (encrypts && authoritiesEnd(caCertificate)) || null,
    client_certificate: (encrypts && clientCertificateEnds(clientCertificate)) || null,
    ...(entra?.credential === "secret" ? entraSecretEnd(secrets, entraSecretExpires) : { entra_secret: null }),
    ...(entra?.credential === "certificate"
      ? await entraCertificateEnd(secrets, storedPassword)
      : { entra_certificate: null }),
  };
}

function entraSecretEnd(secrets: Known["secrets"], expires: Known["entraSecretExpires"]): ExpiryChanges {
  // The day of the secret before says nothing about a new one.
  if (expires === undefined) return secrets.entraSecret === undefined ? {} : { entra_secret: null };
  return { entra_secret: expires };
}

async function entraCertificateEnd(
  { entraCertificate, entraCertificatePassword }: Known["secrets"],
  storedPassword: () => Promise<string | undefined>,
): Promise<ExpiryChanges> {
  if (entraCertificate === undefined) return {};
  const password = entraCertificatePassword ?? (await storedPassword());
  return { entra_certificate: (await entraCertificateEnds(entraCertificate, password)) ?? null };
}
