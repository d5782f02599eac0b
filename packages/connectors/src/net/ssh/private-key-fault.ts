import { readPrivateKey } from "./read-private-key.ts";
import { SshRefusal, type SshCode } from "./ssh-refusal.ts";

export type PrivateKeyFault =
  | { readonly code: "ssh_key_passphrase"; readonly passphrase: "missing" | "wrong" }
  | { readonly code: Exclude<SshCode, "ssh_key_passphrase"> };

/** What is wrong with a private key as somebody pasted it, before any server is asked; undefined when it can be used. */
export function privateKeyFault(text: string, passphrase?: string): PrivateKeyFault | undefined {
  try {
    readPrivateKey(text, passphrase);
    return undefined;
  } catch (error) {
    if (!(error instanceof SshRefusal)) throw error;
    const { code } = error;
    return code === "ssh_key_passphrase" ? { code, passphrase: passphrase ? "wrong" : "missing" } : { code };
  }
}
