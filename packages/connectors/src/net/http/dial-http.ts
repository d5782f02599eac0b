import { callbackify } from "node:util";
import type { buildConnector } from "undici";
import type { EgressGate } from "../egress-gate.ts";
import { startTls } from "../start-tls.ts";

/**
 * How undici gets its lines: from the gate, to the address that was checked. Not through `connect.lookup`, which undici
 * never calls for addresses (V16). Certificates have to be made out to the host as it was typed.
 */
export function dialHttp(
  gate: EgressGate,
  authorities: readonly string[] | undefined,
  timeoutMs: number,
  ended: AbortSignal,
): buildConnector.connector {
  const dial = async ({ protocol, hostname, port }: buildConnector.Options) => {
    const secure = protocol === "https:";
    const signal = AbortSignal.any([ended, AbortSignal.timeout(timeoutMs)]);
    const target = { host: hostname, port: Number(port || (secure ? 443 : 80)), protocol: "http" } as const;
    const socket = await gate.connect(await gate.resolve(target, signal), { timeoutMs, signal: ended });
    return secure
      ? startTls(socket, { host: hostname, verify: "identity", authorities, timeoutMs, signal: ended })
      : socket;
  };
  const dialThenCall = callbackify(dial);
  return (options, callback) =>
    dialThenCall(options, (error: Error | null, socket) => (error ? callback(error, null) : callback(null, socket)));
}
