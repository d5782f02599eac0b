import { z } from "zod";
import { hostFault } from "./host.ts";

/** Says in one sentence why a typed web address cannot be used, or undefined when it can (bad inputs 200, 201, 202). */
export function httpAddressFault(address: string): string | undefined {
  if (address === "") return "Enter the address, for example https://events.example.com.";
  if (/[\p{Cc}\s]/u.test(address)) return "An address cannot contain spaces or line breaks.";
  if (address.length > 2000) return "This address is too long: at most 2,000 characters.";
  if (!/^https?:\/\/[^/]/i.test(address)) return "Enter an address that begins with https:// or http://.";
  if (!URL.canParse(address)) return "This is not a web address; check it for typing errors.";
  const url = new URL(address);
  if (url.username !== "" || url.password !== "")
    return "Move the user name and password to the secret field: an address is shown to everybody.";
  if (url.hash !== "" || address.includes("#")) return "Leave out the # and what follows it.";
  return hostFault(url.hostname);
}

/** Where a receiver is reached: `https://host[:port][/path][?query]`, without anything secret. */
export const httpAddressSchema = z
  .string()
  .trim()
  .superRefine((address, context) => {
    const fault = httpAddressFault(address);
    if (fault) context.addIssue({ code: "custom", message: fault });
  });

/** Headers that say how the message itself is framed; Headgate sets them (bad input 203). */
const framing = new Set(
  "connection content-encoding content-length content-type expect host http2-settings idempotency-key keep-alive proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/** Says in one sentence why a header cannot be sent, or undefined when it can (bad inputs 202, 203). */
export function headerFault(name: string, value: string): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name))
    return "A header's name has letters, digits and hyphens only, no spaces, colons or line breaks.";
  if (/[\r\n\0]/.test(value)) return "A header's value cannot contain line breaks.";
  if (!/^[\t\x20-\x7e]{0,2000}$/.test(value))
    return "A header's value has at most 2,000 plain characters; write others in percent or Base64 form.";
  if (framing.has(name.toLowerCase())) return `Headgate sets the header ${name} itself.`;
  if (/^(authorization|cookie)$/i.test(name))
    return `Put ${name} into the secret field: the other headers are shown to everybody.`;
  return undefined;
}

export const httpHeadersSchema = z
  .array(z.strictObject({ name: z.string().trim(), value: z.string() }))
  .max(32, { error: "Use at most 32 headers." })
  .superRefine((headers, context) => {
    const seen = new Set<string>();
    for (const [index, { name, value }] of headers.entries()) {
      const fault =
        headerFault(name, value) ?? (seen.has(name.toLowerCase()) ? "This header is there twice." : undefined);
      if (fault) context.addIssue({ code: "custom", path: [index], message: fault });
      seen.add(name.toLowerCase());
    }
  });

/** The name of one header that Headgate fills in, for example the one with a signature. */
export const headerNameSchema = z
  .string()
  .trim()
  .superRefine((name, context) => {
    const fault = headerFault(name, "");
    if (fault) context.addIssue({ code: "custom", message: fault });
  });
