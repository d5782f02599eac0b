import { createHmac } from "node:crypto";
import type { WebhookSecrets, WebhookSettings } from "@headgate/contract";
import type { HttpRequest } from "../net/http/http-client.ts";

/** One message as it goes out: with the receiver's headers, and signed where a key is stored. */
export function signedMessage(
  { settings, secrets }: { readonly settings: WebhookSettings; readonly secrets: WebhookSecrets },
  body: string,
  idempotencyKey: string,
): HttpRequest {
  const { signingKey, authorization } = secrets;
  const { pathname, search } = new URL(settings.url);
  const signature = signingKey && createHmac("sha256", signingKey).update(body).digest(settings.signatureEncoding);
  const headers = {
    "user-agent": "Headgate",
    ...Object.fromEntries(settings.headers.map(({ name, value }) => [name.toLowerCase(), value])),
    ...(authorization && { authorization }),
    "content-type": "application/json",
    "idempotency-key": idempotencyKey,
    ...(signature && { [settings.signatureHeader.toLowerCase()]: signature }),
  };
  return { method: settings.method, path: `${pathname}${search}`, headers, body };
}
