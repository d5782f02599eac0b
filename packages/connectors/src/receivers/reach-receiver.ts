import type { Encryption } from "@headgate/contract";
import { encryptionOf } from "../net/certificate-facts.ts";
import { startTls } from "../net/start-tls.ts";
import { limitsOf } from "../postgres/context.ts";
import type { StageClock } from "../postgres/stage-clock.ts";
import type { ReceiverAddress } from "./receiver-address.ts";
import type { ReceiverContext } from "./receiver-context.ts";

/** Name, route, port and encryption, on a line of its own that carries no request; every request opens its own later. */
export async function reachReceiver(
  { host, port, secure, authorities }: ReceiverAddress,
  context: ReceiverContext,
  { onStage }: StageClock,
): Promise<Encryption> {
  const { gate, signal } = context;
  const timeoutMs = limitsOf(context).connectMs;
  onStage("name", "running");
  const found = await gate.resolve({ host, port, protocol: "http" }, signal);
  onStage("name", "passed", found.addresses[0]);
  onStage("route", "running");
  await gate.route(found);
  onStage("route", "passed");
  onStage("port", "running");
  const socket = await gate.connect(found, { timeoutMs, signal });
  onStage("port", "passed");
  onStage("tls", "running");
  if (!secure) {
    socket.destroy();
    onStage("tls", "passed", "not encrypted");
    return { encrypted: false, verified: false };
  }
  const line = await startTls(socket, { host, verify: "identity", authorities, timeoutMs, signal });
  const encryption = encryptionOf(line, true);
  line.destroy();
  onStage("tls", "passed", encryption.protocol);
  return encryption;
}
