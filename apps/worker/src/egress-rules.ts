import { readFile } from "node:fs/promises";
import type { EgressRules } from "@headgate/connectors";
import type { Settings } from "@headgate/core";

type Service = { readonly host: string; readonly port: number };

/**
 * What this installation may connect to (R42, R43): its own store and web server never, loopback only while nobody else
 * can reach Headgate, and the server with the sample data always.
 */
export function egressRules(
  { host, port, egressAllow }: Settings,
  databaseUrl: string,
  practice: readonly Service[] = [],
): EgressRules {
  const store = new URL(databaseUrl);
  return {
    allow: egressAllow,
    loopbackAllowed: /^(localhost|127\.[0-9.]+|::1)$/i.test(host),
    permit: practice,
    refuse: [
      { host: decodeURIComponent(store.hostname).replace(/^\[|\]$/g, ""), port: Number(store.port || 5432) },
      { host, port },
    ],
  };
}

/** Where the launcher has started the sample data; nothing when there is none. The passwords in the file are not read. */
export async function readPracticeServices(file: string | undefined): Promise<readonly Service[]> {
  if (!file) return [];
  const sides = Object.values(JSON.parse(await readFile(file, "utf8")) as Record<string, Service>);
  return sides.map(({ host, port }) => ({ host: String(host), port: Number(port) }));
}
