import type { CheckFailure, CheckStage } from "@headgate/contract";

const byStage: Record<CheckStage, string> = {
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
};

/** The field of the connection form that is most likely to blame for a failed check. */
export function guiltyField({ stage, code }: Pick<CheckFailure, "stage" | "code">): string {
  return byCode[code] ?? byStage[stage];
}
