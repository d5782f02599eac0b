import type { CheckFailure, CheckStage, ConnectionKind, DestinationKind } from "@headgate/contract";

/** A check of a database has these stages. */
const byStage: Partial<Record<CheckStage, string>> = {
  name: "settings.host",
  route: "settings.host",
  port: "settings.port",
  tunnel: "settings.tunnelId",
  tls: "settings.tlsMode",
  sign_in: "secrets.password",
  database: "settings.database",
  schema: "settings.user",
  table: "settings.user",
  write: "settings.user",
};

const byCode: Partial<Record<CheckFailure["code"], string>> = {
  address_denied: "settings.host",
  network_unreachable: "settings.host",
  ipv6_only: "settings.host",
  container_localhost: "settings.host",
  tls_only_port: "settings.port",
  not_postgres: "settings.port",
  read_only_server: "settings.host",
  tls_required: "settings.tlsMode",
  tls_unknown_issuer: "settings.caCertificate",
  tls_chain_incomplete: "settings.caCertificate",
  tls_bad_authority: "settings.caCertificate",
  tls_client_required: "settings.clientCertificate",
  tls_client_unreadable: "settings.clientCertificate",
  tls_wrong_name: "settings.host",
  login_not_allowed: "settings.user",
  address_not_admitted: "settings.user",
  pooler_user_unknown: "settings.user",
  entra_unreachable: "settings.entra.cloud",
  entra_wrong_secret: "secrets.entraSecret",
  entra_secret_expired: "secrets.entraSecret",
  entra_certificate_unreadable: "secrets.entraCertificate",
  entra_wrong_certificate: "secrets.entraCertificate",
  entra_unknown_app: "settings.entra.clientId",
  entra_unknown_tenant: "settings.entra.tenantId",
  entra_refused: "settings.entra.clientId",
  entra_user_unknown: "settings.user",
  entra_needs_verification: "settings.tlsMode",
};

/** Where the reason says more than the code. */
const byReason: Partial<Record<CheckFailure["code"], Readonly<Record<string, string>>>> = {
  tls_client_unreadable: {
    key_missing: "secrets.clientKey",
    key_unreadable: "secrets.clientKey",
    mismatch: "secrets.clientKey",
    weak: "secrets.clientKey",
    passphrase_missing: "secrets.clientKeyPassphrase",
    passphrase_wrong: "secrets.clientKeyPassphrase",
  },
  entra_certificate_unreadable: {
    password_missing: "secrets.entraCertificatePassword",
    password_wrong: "secrets.entraCertificatePassword",
  },
};

type Receiver = { readonly address: string; readonly secret: string; readonly authority: string };

/** Where the address of a receiver is typed, what it lets us in with, and whose word for its name counts. */
const elsewhere: Readonly<Record<DestinationKind, Receiver>> = {
  events: { address: "settings.dataPlaneUrl", secret: "secrets.writeKey", authority: "settings.caCertificate" },
  webhook: { address: "settings.url", secret: "secrets.authorization", authority: "settings.caCertificate" },
  files: { address: "settings.endpoint", secret: "secrets.secretKey", authority: "settings.endpoint" },
};

const filesByCode: Partial<Record<CheckFailure["code"], string>> = {
  bucket_missing: "settings.bucket",
  storage_forbidden: "settings.accessKeyId",
  folder_missing: "settings.folder",
  folder_forbidden: "settings.folder",
  folder_full: "settings.folder",
  folder_failed: "settings.folder",
  folder_not_set: "settings.folder",
};

type Blamed = Pick<CheckFailure, "stage" | "code" | "facts">;

/** The field of the connection form that is most likely to blame for a failed check. */
export function guiltyField({ stage, code, facts }: Blamed, kind: ConnectionKind = "postgres"): string {
  if (kind !== "postgres") {
    const { address, secret, authority } = elsewhere[kind];
    if (stage === "tls" && code !== "tls_wrong_name") return authority;
    return (kind === "files" ? filesByCode[code] : undefined) ?? (stage === "sign_in" ? secret : address);
  }
  return byReason[code]?.[facts["reason"] ?? ""] ?? byCode[code] ?? byStage[stage] ?? "settings.host";
}
