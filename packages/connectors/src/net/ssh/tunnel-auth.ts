import type { HostKey } from "@headgate/contract";
import type { TunnelTarget } from "@headgate/core";
import type { AnyAuthMethod } from "ssh2";
import { readPrivateKey } from "./read-private-key.ts";
import { SshRefusal } from "./ssh-refusal.ts";

/** The ways in which a tunnel's credential may be offered. Throws an `SshRefusal` when there is none that can be read. */
export function tunnelAuth({ user, method, password, privateKey, passphrase }: TunnelTarget): AnyAuthMethod[] {
  const username = user;
  if (method === "password") {
    if (!password) throw new SshRefusal("ssh_key_missing", "No password was given.");
    return [
      { type: "password", username, password },
      // Many servers ask for the password this way; other questions stay unanswered.
      {
        type: "keyboard-interactive",
        username,
        prompt: (_name, _instructions, _language, prompts, finish) =>
          finish(prompts.length === 1 && prompts[0]?.echo === false ? [password] : []),
      },
    ];
  }
  if (!privateKey) throw new SshRefusal("ssh_key_missing", "No private key was given.");
  return [{ type: "publickey", username, key: readPrivateKey(privateKey, passphrase) }];
}

/** Only the key that a person accepted will do; a new or changed one is told with its fingerprint (R54). */
export function pinnedTo(accepted: string | null): (key: HostKey) => SshRefusal | undefined {
  return ({ fingerprint, algorithm }) => {
    if (fingerprint === accepted) return undefined;
    if (accepted === null)
      return new SshRefusal("ssh_host_key_unknown", "The key is not known.", { fingerprint, algorithm });
    return new SshRefusal("ssh_host_key_changed", "The key has changed.", { fingerprint, algorithm, accepted });
  };
}
