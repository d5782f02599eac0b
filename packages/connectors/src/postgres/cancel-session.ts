import { openLine, type Proofs } from "../net/open-line.ts";
import type { Line } from "../net/tls-modes.ts";
import type { Way } from "../net/way.ts";

const cancelMs = 3_000;

/** Asks the server to stop what a session is doing; a closed socket alone is noticed only when it next writes. */
export async function cancelSession(
  way: Way,
  line: Line,
  identity: Proofs["identity"],
  key: { readonly processId: number; readonly secret: number },
): Promise<void> {
  const signal = AbortSignal.timeout(cancelMs);
  const unverified: Line = line === "plain" ? line : { verify: "nothing" };
  const options = { authorities: undefined, identity, timeoutMs: cancelMs, signal };
  const { stream } = await openLine(way, unverified, options);
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
