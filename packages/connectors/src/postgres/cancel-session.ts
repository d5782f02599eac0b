import type { CheckedTarget } from "../net/egress-gate.ts";
import { openLine } from "../net/open-line.ts";
import type { Line } from "../net/tls-modes.ts";
import type { PostgresContext } from "./context.ts";

const cancelMs = 3_000;

/** Asks the server to stop what a session is doing; a closed socket alone is noticed only when it next writes. */
export async function cancelSession(
  context: PostgresContext,
  target: CheckedTarget,
  line: Line,
  key: { readonly processId: number; readonly secret: number },
): Promise<void> {
  const signal = AbortSignal.timeout(cancelMs);
  const unverified: Line = line === "plain" ? line : { verify: "nothing" };
  const options = { authorities: undefined, timeoutMs: cancelMs, signal };
  const { stream } = await openLine(context.gate, target, unverified, options);
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80877102, 4);
  request.writeInt32BE(key.processId, 8);
  request.writeInt32BE(key.secret, 12);
  await new Promise<void>((resolve) => {
    stream.on("error", () => resolve()).on("close", () => resolve());
    signal.addEventListener("abort", () => stream.destroy(), { once: true });
    stream.resume();
    stream.end(request);
  });
}
