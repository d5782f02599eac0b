import { startTls } from "./start-tls.ts";
import { codeOf } from "./telling-error.ts";
import { ProtocolFault } from "./tls-refusal.ts";
import type { DialOptions, Way } from "./way.ts";

const probeMs = 2_000;

/**
 * Whether a server that hung up on PostgreSQL's wish for encryption wants TLS from the first byte on: many hang up
 * without the alert that would say so. Nothing but a greeting is sent.
 */
export async function wantsTlsOnly(error: unknown, way: Way, { timeoutMs, signal }: DialOptions): Promise<boolean> {
  const hungUp = (error instanceof ProtocolFault && error.code === "line_cut") || codeOf(error) === "ECONNRESET";
  if (!hungUp || signal.aborted) return false;
  const limits = { timeoutMs: Math.min(timeoutMs, probeMs), signal };
  try {
    const { stream } = await way.dial(limits);
    const secure = await startTls(stream, { host: way.host, verify: "nothing", authorities: undefined, ...limits });
    secure.on("error", () => {}).destroy();
    return true;
  } catch {
    return false;
  }
}
