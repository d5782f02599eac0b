import { makeHostKey, startSshServer, type SshServerOptions } from "@headgate/testkit";
import type { TunnelTarget } from "@headgate/core";
import ssh2 from "ssh2";
import { targetOf } from "../targets.ts";
import { tunnelThrough } from "../tunnels.ts";
import { provoked, withListener, type Arena, type Provocation, type Provoked } from "./provocation.ts";

/** Through an SSH server of this kind, as whoever `change` makes of us. */
async function through(
  { database }: Arena,
  options: SshServerOptions,
  change: Partial<TunnelTarget> = {},
): Promise<Provoked> {
  const server = await startSshServer({ password: "hop-password", ...options });
  const found = await provoked(targetOf(database, { tunnel: tunnelThrough(server, change) }));
  await server.close();
  return found;
}

function throughAnswer({ database }: Arena, answer: string): Promise<Provoked> {
  return withListener(
    (socket) => void socket.end(answer),
    (port) => {
      const tunnel = tunnelThrough({ host: "127.0.0.1", port, fingerprint: "SHA256:none" });
      return provoked(targetOf(database, { tunnel }));
    },
  );
}

const locked = ssh2.utils.generateKeyPairSync("ed25519", { passphrase: "canary", cipher: "aes256-ctr", rounds: 16 });
const otherKey = `SHA256:${"A".repeat(43)}`;

const withKey = (how: string, code: Provocation["code"], privateKey: string): Provocation => ({
  how,
  code,
  stage: "tunnel",
  provoke: (arena) => through(arena, {}, { method: "private_key", privateKey }),
});

/** What can be wrong between us and the SSH server. */
export const tunnel: readonly Provocation[] = [
  {
    how: "a web server in place of SSH",
    code: "not_ssh",
    stage: "tunnel",
    provoke: (arena) => throughAnswer(arena, "HTTP/1.1 400 Bad Request\r\n\r\n"),
  },
  {
    how: "an SSH server that breaks the rules",
    code: "ssh_failed",
    stage: "tunnel",
    provoke: (arena) => throughAnswer(arena, `SSH-2.0-odd\r\n${"\0\0\0\x0c\x0a\xff".repeat(40)}`),
  },
  {
    how: "a host key nobody has accepted [B118]",
    code: "ssh_host_key_unknown",
    stage: "tunnel",
    provoke: (arena) => through(arena, {}, { hostKeyFingerprint: null }),
  },
  {
    how: "another host key than the accepted one [B117]",
    code: "ssh_host_key_changed",
    stage: "tunnel",
    facts: { accepted: otherKey },
    provoke: (arena) => through(arena, { hostKey: makeHostKey() }, { hostKeyFingerprint: otherKey }),
  },
  {
    how: "a server that knows SHA-1 only [B121]",
    code: "ssh_too_old",
    stage: "tunnel",
    provoke: (arena) => through(arena, { algorithms: { serverHostKey: ["ssh-rsa"] } }),
  },
  {
    how: "a wrong password",
    code: "ssh_auth_refused",
    stage: "tunnel",
    facts: { sshUser: "tunnel" },
    provoke: (arena) => through(arena, {}, { password: "guessed" }),
  },
  withKey("no key at all", "ssh_key_missing", ""),
  withKey("half a key", "ssh_key_unreadable", locked.private.slice(0, 200)),
  withKey("a PuTTY file [B119]", "ssh_key_ppk", "PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none"),
  withKey("the public half of a key [B120]", "ssh_key_public", locked.public),
  withKey("a key without its passphrase", "ssh_key_passphrase", locked.private),
  {
    how: "a server that leads nowhere [B122]",
    code: "ssh_forward_refused",
    stage: "tunnel",
    provoke: (arena) => through(arena, { mayForward: () => false }),
  },
];
