import type { WebhookForm } from "./webhook-form.ts";

/** How a receiver in Node checks a signature; developers read it in any language. */
export function receiverCode({
  signatureHeader,
  signatureEncoding,
}: Pick<WebhookForm["settings"], "signatureHeader" | "signatureEncoding">): string {
  const header = signatureHeader.trim().toLowerCase() || "x-signature";
  return [
    `const expected = createHmac("sha256", key).update(rawBody).digest("${signatureEncoding}");`,
    `const given = request.headers["${header}"] ?? "";`,
    `const ours = given.length === expected.length &&`,
    `  timingSafeEqual(Buffer.from(given), Buffer.from(expected));`,
  ].join("\n");
}
