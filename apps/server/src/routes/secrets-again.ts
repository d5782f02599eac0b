import { isDeepStrictEqual } from "node:util";
import type { Connection, ConnectionAnswers, ConnectionKind, ConnectionSecretField } from "@headgate/contract";

/** Settings that decide where a stored secret is sent, and how well protected. */
const guarded = {
  postgres: ["host", "port", "user", "tlsMode", "caCertificate", "tunnelId", "entra"],
  events: ["dataPlaneUrl", "caCertificate"],
  webhook: ["url", "headers", "signatureHeader", "caCertificate"],
  files: ["place", "endpoint", "region", "bucket", "accessKeyId"],
} as const satisfies Record<ConnectionKind, readonly string[]>;

const enterAgain: Partial<Record<ConnectionSecretField, string>> = {
  password: "Enter the password again, because where or how it is sent has changed.",
  entraSecret: "Enter the application's secret again, because where it is used has changed.",
  entraCertificate: "Add the application's certificate again, because where it is used has changed.",
  writeKey: "Enter the write key again, because where it is sent has changed.",
  signingKey: "Enter the signing key again, because where it is used has changed.",
  authorization: "Enter the authorization again, because where it is sent has changed.",
  secretKey: "Enter the secret key again, because where it is used has changed.",
};

/**
 * Which secrets have to be entered again, and why, by the name of their field. Else an editor could send somebody's
 * stored secret, or a token made with it, to a server of their own. [R24]
 */
export function secretsNeededAgain(
  current: Connection,
  { settings, secrets }: ConnectionAnswers,
): Record<string, string> {
  const was: Readonly<Record<string, unknown>> = current.settings;
  const is: Readonly<Record<string, unknown>> = settings;
  if (guarded[current.kind].every((field) => isDeepStrictEqual(was[field], is[field]))) return {};
  const stored: Readonly<Record<string, { readonly set: boolean }>> = current.secrets;
  const given: Readonly<Record<string, unknown>> = secrets;
  const again = Object.entries(enterAgain).filter(([field]) => stored[field]?.set && given[field] === undefined);
  return Object.fromEntries(again.map(([field, sentence]) => [`secrets.${field}`, sentence]));
}
