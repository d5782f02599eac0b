import type { EgressRules } from "@headgate/connectors";
import type { Settings } from "@headgate/core";

/** What this installation may connect to (R42, R43): its own store and web server never, loopback only while local. */
export function egressRules({ host, port, egressAllow }: Settings, databaseUrl: string): EgressRules {
  const store = new URL(databaseUrl);
  return {
    allow: egressAllow,
    loopbackAllowed: /^(localhost|127\.[0-9.]+|::1|\[::1\])$/i.test(host),
    refuse: [
      { host: decodeURIComponent(store.hostname), port: Number(store.port || 5432) },
      { host, port },
    ],
  };
}
