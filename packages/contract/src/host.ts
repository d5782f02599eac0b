import { z } from "zod";

/**
 * Says in one sentence why a typed server address cannot be one, or undefined when it can.
 * Where it may lead to is not decided here but by the egress gate, after the name was resolved.
 */
export function hostFault(host: string): string | undefined {
  if (host.trim() === "") return "Enter the server address, for example db.example.com.";
  if (/\p{Cc}/u.test(host)) return "A server address cannot contain line breaks or invisible characters.";
  if (/^[a-z+]+:\/\//i.test(host)) return "Enter only the server address, without http:// or postgres:// in front.";
  if (host.startsWith("/") || host.startsWith("@") || /^%2f/i.test(host))
    return "Headgate connects over the network; a socket file on a computer cannot be used.";
  if (host.includes("@")) return "Leave out the user name: enter only what stands after the @.";
  if (host.includes(",")) return "Enter one server address; a list of servers is not supported.";
  if (/\s/.test(host)) return "A server address cannot contain spaces.";
  if (/[/?#]/.test(host)) return "Enter only the server address, without anything after it.";
  if (host.includes("%")) return "A server address cannot contain %.";
  if (isBracketed(host) || isIpv6(host)) return undefined;
  if (host.includes(":")) return "Enter the port in its own field, and only the address here.";
  if (host.length > 253) return "This server address is too long: at most 253 characters.";
  const labels = host.replace(/\.$/, "").split(".");
  if (labels.some((label) => label === "")) return "This server address has an empty part between two dots.";
  if (labels.some((label) => label.length > 63)) return "A part of this server address is longer than 63 characters.";
  if (labels.some((label) => label.startsWith("-") || label.endsWith("-")))
    return "A part of this server address starts or ends with a hyphen.";
  if (asciiHost(host) === undefined) return "This server address contains a character that no address has.";
  return undefined;
}

/**
 * Letters outside ASCII as the network writes them: `ехample.com` with two Cyrillic letters becomes `xn--ample-ywe6i.com`,
 * so that a look-alike shows as one wherever it is named (bad input 45). Undefined for what no address can have.
 */
function asciiHost(host: string): string | undefined {
  if (/^\p{ASCII}*$/u.test(host)) return host;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

function isBracketed(host: string): boolean {
  return host.startsWith("[") && host.endsWith("]") && isIpv6(host.slice(1, -1));
}

function isIpv6(host: string): boolean {
  return /^[0-9a-f:.]+$/i.test(host) && (host.match(/:/g)?.length ?? 0) >= 2;
}

/** A server address as typed: a name or an IP address, no port, no scheme. */
export const hostSchema = z
  .string()
  .trim()
  .superRefine((host, context) => {
    const fault = hostFault(host);
    if (fault) context.addIssue({ code: "custom", message: fault });
  })
  .transform((host) => asciiHost(host) ?? host)
  // Says what comes out, for the OpenAPI document.
  .pipe(z.string());

/** A TCP port; text from a form is accepted only when it is plain digits (bad inputs 48-56). */
export const portSchema = z
  .union([z.int(), z.string()])
  .transform((value, context) => {
    const text = String(value).trim();
    const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (port >= 1 && port <= 65535) return port;
    context.addIssue({ code: "custom", message: "Enter a port between 1 and 65535, for example 5432." });
    return z.NEVER;
  })
  // Says what comes out, for the OpenAPI document.
  .pipe(z.int().min(1).max(65535));
