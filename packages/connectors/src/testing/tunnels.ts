import { randomUUID } from "node:crypto";
import type { TunnelTarget } from "@headgate/core";
import type { SshServer } from "@headgate/testkit";

/** A tunnel through a server of the test kit whose key was accepted. */
export function tunnelThrough(
  { host, port, fingerprint }: Pick<SshServer, "host" | "port" | "fingerprint">,
  change: Partial<TunnelTarget> = {},
): TunnelTarget {
  const usual = { user: "tunnel", method: "password", password: "hop-password" } as const;
  return { id: randomUUID(), host, port, hostKeyFingerprint: fingerprint, ...usual, ...change };
}
