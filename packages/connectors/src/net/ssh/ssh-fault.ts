import { SshRefusal } from "./ssh-refusal.ts";

/** What ssh2 says, which has no codes but a `level` and English words of its own. First match wins. */
const words: readonly (readonly [RegExp, SshRefusal["code"]])[] = [
  [/no matching|SHA-1/i, "ssh_too_old"],
  [/authentication methods failed/i, "ssh_auth_refused"],
];

/** Makes a recognised fault of whatever ended the set-up of an SSH session; `heard` is how the other side began. */
export function sshFault(error: Error, heard: Buffer): Error {
  if (error instanceof SshRefusal || isSocketError(error)) return error;
  if (error.name === "ProtocolFault" && heard.length === 0) return error;
  const greeting = heard.toString("latin1");
  const known = words.find(([pattern]) => pattern.test(error.message))?.[1];
  if (known) return new SshRefusal(known, error.message);
  if (heard.length > 0 && !greeting.startsWith("SSH-")) return new SshRefusal("not_ssh", greeting);
  return error.message === "stopped" ? error : new SshRefusal("ssh_failed", error.message);
}

function isSocketError(error: Error): boolean {
  return "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);
}
