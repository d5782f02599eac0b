import type { HostKeyVerdict, Tunnel } from "@headgate/contract";

const at = "2026-11-21T09:30:00.000Z";
const notSet = { set: false, updatedAt: null };

export const hostKey = { algorithm: "ssh-ed25519", fingerprint: `SHA256:${"accepted".repeat(5)}key` };
export const otherKey = { algorithm: "ssh-rsa", fingerprint: `SHA256:${"somebody".repeat(5)}key` };

/** A tunnel with a key pair made by Headgate, used by nobody, its server not met yet. */
export function exampleTunnel(over: Partial<Tunnel> = {}): Tunnel {
  return {
    id: "6a5b4c3d-2e1f-4a0b-9c8d-556677889900",
    name: "Bastion",
    host: "bastion.example.com",
    port: 22,
    user: "reader",
    method: "headgate_key",
    publicKey: "ssh-ed25519 AAAAC3Nz headgate-Bastion",
    authorizedKeysLine: "restrict,port-forwarding ssh-ed25519 AAAAC3Nz headgate-Bastion",
    hostKey: null,
    secrets: { password: notSet, privateKey: { set: true, updatedAt: at }, passphrase: notSet },
    revision: 1,
    connectionNames: [],
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

/** The same server with a password in place of the pair. */
export function passwordTunnel(over: Partial<Tunnel> = {}): Tunnel {
  return exampleTunnel({
    method: "password",
    publicKey: null,
    authorizedKeysLine: null,
    secrets: { password: { set: true, updatedAt: at }, privateKey: notSet, passphrase: notSet },
    ...over,
  });
}

/** What asking the server of a tunnel for its key answers. */
export function shownKey(key: typeof hostKey, tunnel: Tunnel): HostKeyVerdict {
  const known = tunnel.hostKey?.fingerprint === key.fingerprint;
  return { status: "succeeded", ...key, known, changed: tunnel.hostKey !== null && !known };
}
