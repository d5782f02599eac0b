import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { addressBytes } from "./ip-address.ts";

export type Lookup = (host: string) => Promise<readonly string[]>;

/** All addresses the operating system knows for a name. */
export async function lookupAll(host: string): Promise<readonly string[]> {
  return (await systemLookup(host, { all: true, verbatim: true })).map(({ address }) => address);
}

/** A name that did not lead to an address; `code` is the resolver's, `ENOTFOUND` for a name that does not exist. */
export class NameFault extends Error {
  override readonly name = "NameFault";
  readonly code: string;

  constructor(code: string) {
    super(`The name could not be resolved (${code}).`);
    this.code = code;
  }
}

/**
 * Brings a typed host into its plain form: `127.1`, `0x7f000001` and `①②⑦.0.0.1` become 127.0.0.1 (V15), letters
 * outside ASCII their `xn--` form, a final dot goes. Undefined for what cannot be a host.
 */
export function plainHost(host: string): string | undefined {
  const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  if (bare.includes(":")) return addressBytes(bare) ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : undefined;
  if (bare === "" || /[\s/?#@%\\\p{Cc}]/u.test(bare)) return undefined;
  try {
    const { hostname } = new URL(`http://${bare}`);
    // The parser lets through what stands in no name, such as `a,b` or `x=y`.
    return /^[\w.-]+$/.test(hostname) ? hostname.replace(/\.$/, "") || undefined : undefined;
  } catch {
    return undefined;
  }
}

/** Resolves a plain host within 5 s to at least one address, or throws a `NameFault`. */
export async function resolveHost(host: string, lookup: Lookup, signal: AbortSignal): Promise<readonly string[]> {
  if (isIP(host)) return [host];
  // RFC 6761: these names never exist; asking would only leak them, and time out where there is no resolver.
  if (host === "invalid" || host.endsWith(".invalid")) throw new NameFault("ENOTFOUND");
  const found = await inTime(lookup(host), signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error instanceof NameFault ? error : new NameFault(codeOf(error));
  });
  if (found.length === 0) throw new NameFault("ENOTFOUND");
  return found;
}

const lookupMs = 5_000;

/** The resolver cannot be cancelled; whoever waits can be let go. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = (error: Error): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      reject(error);
    };
    const onAbort = (): void => give(new Error("stopped"));
    const timer = setTimeout(() => give(new NameFault("EAI_AGAIN")), lookupMs);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(
      (value) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
        resolve(value);
      },
      (error: unknown) => give(error instanceof Error ? error : new Error(String(error))),
    );
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "EAI_FAIL";
}
