import type { CheckStage, HostKeyVerdict } from "@headgate/contract";
import type { TunnelTarget } from "@headgate/core";
import { askHostKey } from "../net/ssh/read-host-key.ts";
import { classifyFailure } from "./check-failures.ts";
import { limitsOf, type PostgresContext } from "./context.ts";

/**
 * Asks an SSH server for its key, sending no credential, and compares it with the one that was accepted (R54). What goes
 * wrong at the server is an answer, never an exception.
 */
export async function readHostKey(
  { host, port, hostKeyFingerprint }: Pick<TunnelTarget, "host" | "port" | "hostKeyFingerprint">,
  context: PostgresContext,
): Promise<HostKeyVerdict> {
  let stage: CheckStage = "name";
  const onStage = (next: CheckStage): void => {
    stage = next;
  };
  try {
    const { connectMs: timeoutMs } = limitsOf(context);
    const key = await askHostKey(context.gate, { host, port }, { timeoutMs, signal: context.signal, onStage });
    const known = key.fingerprint === hostKeyFingerprint;
    return { status: "succeeded", ...key, known, changed: hostKeyFingerprint !== null && !known };
  } catch (error) {
    const target = { host, port, database: "", user: "", tlsMode: "disable", password: undefined } as const;
    const stopped = context.signal.aborted ? "stopped" : undefined;
    return { status: "failed", failure: classifyFailure(error, target, { stage, stopped }) };
  }
}
