import type { Duplex } from "node:stream";
import type { CheckedTarget, EgressGate } from "./egress-gate.ts";
import { requestSsl } from "./ssl-request.ts";
import { startTls } from "./start-tls.ts";
import type { Line } from "./tls-modes.ts";
import { TlsRefusal } from "./tls-refusal.ts";

export type Encryption = { readonly encrypted: boolean; readonly verified: boolean; readonly protocol?: string };

/** A stream on which a PostgreSQL session can begin, encrypted as asked. */
export type OpenLine = { readonly stream: Duplex; readonly encryption: Encryption; readonly address: string };

export type LineOptions = {
  readonly authorities: readonly string[] | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onReached?: (address: string) => void;
};

/** Connects through the gate and negotiates encryption by PostgreSQL's own rules. */
export async function openLine(
  gate: EgressGate,
  target: CheckedTarget,
  line: Line,
  options: LineOptions,
): Promise<OpenLine> {
  const { timeoutMs, signal } = options;
  const socket = await gate.connect(target, { timeoutMs, signal });
  const address = socket.remoteAddress ?? "";
  options.onReached?.(address);
  if (line === "plain") return { stream: socket, encryption: { encrypted: false, verified: false }, address };
  try {
    if ((await requestSsl(socket, timeoutMs, signal)) === "declined") {
      throw new TlsRefusal("tls_not_offered", "The server does not offer encryption.");
    }
    const { verify } = line;
    const secure = await startTls(socket, { host: target.host, verify, ...options });
    const protocol = secure.getProtocol();
    const encryption = { encrypted: true, verified: verify !== "nothing", ...(protocol ? { protocol } : {}) };
    return { stream: secure, encryption, address };
  } catch (error) {
    socket.on("error", () => {});
    socket.destroy();
    throw error;
  }
}
