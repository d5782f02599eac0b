import { isLoopback } from "./address-rules.ts";
import { plainHost } from "./resolve-host.ts";

/** Whether a host, as typed, is this machine by its name or address alone; nothing is looked up. */
export function isLoopbackHost(host: string): boolean {
  const plain = plainHost(host);
  return plain === "localhost" || (plain !== undefined && isLoopback(plain));
}
