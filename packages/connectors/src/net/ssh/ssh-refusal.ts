import type { CheckCode } from "@headgate/contract";

export type SshCode = Extract<CheckCode, `ssh_${string}`> | "not_ssh";

/** The way through an SSH server did not open, for a reason we recognised. */
export class SshRefusal extends Error {
  override readonly name = "SshRefusal";
  readonly code: SshCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: SshCode, message: string, facts: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}
