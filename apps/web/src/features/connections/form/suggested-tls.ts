import type { DatabaseSignIn, TlsMode } from "@headgate/contract";
import { recognizeProvider, type Provider } from "@headgate/core";
import { defaultTlsMode } from "./tls-choices.ts";

/** The server as far as it is typed. */
export type TypedServer = {
  readonly host: string;
  readonly port?: unknown;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
};

/** The hosting provider whose server this is, as far as its address shows. */
export function providerOf({ host, port, database, user }: TypedServer): Provider | undefined {
  const number = Number(port);
  return recognizeProvider({ host, database, user, ...(Number.isInteger(number) && { port: number }) });
}

/**
 * The encryption offered before anyone chose. A token may only travel where the name is checked (R52); a provider knows
 * what its servers can; else the address decides.
 */
export function suggestedTlsMode(server: TypedServer, signIn: DatabaseSignIn): TlsMode {
  if (signIn === "entra") return "verify-full";
  return providerOf(server)?.tlsMode ?? defaultTlsMode(server.host);
}
