import type { Duplex } from "node:stream";
import type { Encryption } from "@headgate/contract";
import { encryptionOf } from "./certificate-facts.ts";
import type { ClientIdentity } from "./client-identity.ts";
import { requestSsl } from "./ssl-request.ts";
import { startTls } from "./start-tls.ts";
import type { Line } from "./tls-modes.ts";
import { TlsRefusal } from "./tls-refusal.ts";
import type { Way } from "./way.ts";

/** A stream on which a PostgreSQL session can begin, encrypted as asked. */
export type OpenLine = { readonly stream: Duplex; readonly encryption: Encryption; readonly address: string };

/** What the server is checked against, and what it is shown. */
export type Proofs = {
  readonly authorities: readonly string[] | undefined;
  readonly identity: ClientIdentity | undefined;
};

export type LineOptions = Proofs & {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onReached?: (address: string) => void;
};

/** Dials through the gate and negotiates encryption by PostgreSQL's own rules. */
export async function openLine(way: Way, line: Line, options: LineOptions): Promise<OpenLine> {
  const { timeoutMs, signal } = options;
  const { stream, address } = await way.dial({ timeoutMs, signal });
  options.onReached?.(address);
  if (line === "plain") return { stream, encryption: { encrypted: false, verified: false }, address };
  try {
    if ((await requestSsl(stream, timeoutMs, signal)) === "declined") {
      throw new TlsRefusal("tls_not_offered", "The server does not offer encryption.");
    }
    const { verify } = line;
    const secure = await startTls(stream, { host: way.host, verify, ...options });
    return { stream: secure, encryption: encryptionOf(secure, verify !== "nothing"), address };
  } catch (error) {
    stream.on("error", () => {});
    stream.destroy();
    throw error;
  }
}
