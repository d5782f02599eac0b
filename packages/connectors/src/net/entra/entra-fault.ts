import type { EntraSettings } from "@headgate/contract";
import { ClientError, ResponseBodyError } from "openid-client";
import { EntraRefusal, type EntraCode } from "./entra-refusal.ts";

/** Microsoft's own numbers ("AADSTS7000215: Invalid client secret provided…"), each with what it means for a person. */
const numbers: Readonly<Record<string, EntraCode>> = {
  "50027": "entra_wrong_certificate",
  "90002": "entra_unknown_tenant",
  "700016": "entra_unknown_app",
  "700024": "entra_wrong_certificate",
  "700027": "entra_wrong_certificate",
  "700030": "entra_wrong_certificate",
  "900021": "entra_unknown_tenant",
  "900023": "entra_unknown_tenant",
  "7000215": "entra_wrong_secret",
  "7000222": "entra_secret_expired",
};

/** Makes a fault with a code of ours of whatever a token endpoint answered, or of no answer at all. */
export function entraFault(error: unknown, settings: EntraSettings, authority: string): EntraRefusal {
  if (error instanceof EntraRefusal) return error;
  // openid-client wraps what our own fetch throws.
  if (error instanceof ClientError && error.code === undefined && error.cause)
    return entraFault(error.cause, settings, authority);
  const host = new URL(authority).host;
  if (error instanceof ResponseBodyError) {
    const words = error.error_description ?? error.error;
    const number = /AADSTS(\d+)/.exec(words)?.[1];
    const code = number ? (numbers[number] ?? "entra_refused") : byOauthError(error.error, settings.credential);
    return new EntraRefusal(code, words, { authority: host, ...(number && { number: `AADSTS${number}` }) });
  }
  // Answers that are not what OAuth asks for come from somebody else than Microsoft, or from a proxy.
  const answered = error instanceof Error && "code" in error && String(error.code).startsWith("OAUTH_");
  const message = error instanceof Error ? error.message : String(error);
  return new EntraRefusal(answered ? "entra_refused" : "entra_unreachable", message, { authority: host });
}

function byOauthError(error: string, credential: EntraSettings["credential"]): EntraCode {
  if (error === "unauthorized_client") return "entra_unknown_app";
  if (error !== "invalid_client") return "entra_refused";
  return credential === "secret" ? "entra_wrong_secret" : "entra_wrong_certificate";
}
