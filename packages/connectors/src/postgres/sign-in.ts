import type { PostgresTarget } from "@headgate/core";
import { Client, type Connection } from "pg";
import { isLoopback } from "../net/address-rules.ts";
import type { OpenLine } from "../net/open-line.ts";
import { ProtocolFault } from "../net/tls-refusal.ts";
import { guardStream } from "./guard-stream.ts";
import { SessionFault } from "./session-fault.ts";

export type SignedIn = { readonly client: Client; readonly passwordAsked: boolean };

export type SignInOptions = {
  readonly timeoutMs: number;
  /** Fetches what is sent in place of a password. */
  readonly token?: (() => Promise<string>) | undefined;
  /** Bytes the server may send once the session is ready; absent: any number. */
  readonly maxBytes?: number;
  /** The login was accepted, at that moment, and the question is now whether the database opens. */
  readonly onOpened?: (authenticatedAt: number) => void;
};

/** Starts a session on an open line; the line is closed when that fails. */
export async function signIn(target: PostgresTarget, line: OpenLine, options: SignInOptions): Promise<SignedIn> {
  const { stream } = line;
  const asked: { method?: string } = {};
  const password = async (): Promise<string> => {
    if (!options.token) return readPassword(target, line, asked.method);
    requireIdentity(target, line);
    const token = await options.token();
    // The server's time begins now; the other side's was Microsoft's.
    timer.refresh();
    return token;
  };
  const client = createClient(target, line, password);
  client.on("error", () => {}); // a socket that dies later must not take the process down (V7)
  noteMethod(client.connection, asked);
  watchOpening(client.connection, options.onOpened);
  const timer = setTimeout(
    () => stream.destroy(new ProtocolFault("port_silent", "No answer to the sign-in.")),
    options.timeoutMs,
  );
  try {
    const connecting = client.connect();
    const guard = guardStream(stream);
    await connecting;
    guard.ready(options.maxBytes);
    if (asked.method === undefined) requireKnownServer(target, line);
    return { client, passwordAsked: asked.method !== undefined };
  } catch (error) {
    stream.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Every field is given, so that pg has none to fill from its environment or a password file (V4); the start-up packet
 * names user and database and the encoding pg always asks for, and nothing else, because poolers refuse the rest (V32).
 */
function createClient(target: PostgresTarget, line: OpenLine, password: () => Promise<string>): Client {
  const { host, port, user, database } = target;
  if ([user, database, target.password ?? ""].some((text) => text.includes("\0"))) {
    throw new SessionFault("sign_in", "unexpected", "A name or password holds an invisible NUL character.");
  }
  const stream = Object.assign(line.stream, {
    // The line is open already; pg only has to hear so, once it listens.
    connect: () => {
      process.nextTick(() => {
        line.stream.emit("connect");
        line.stream.resume();
      });
      return line.stream;
    },
  });
  const client = new Client({
    host,
    port,
    user,
    database,
    password,
    stream: () => stream,
    ssl: false,
    sslnegotiation: "postgres",
    client_encoding: "UTF8",
    connectionTimeoutMillis: 0,
    enableChannelBinding: line.encryption.encrypted,
  });
  return Object.assign(client, { getStartupConf: () => ({ user, database }) });
}

/** Errors about the database itself, as PostgreSQL gives them once it knows the login: unknown, closed, forbidden. */
const databaseStates = new Set(["3D000", "55000", "42501"]);

function watchOpening(connection: Connection, onOpened: SignInOptions["onOpened"]): void {
  connection.once("authenticationOk", () => {
    const at = performance.now();
    connection.once("readyForQuery", () => onOpened?.(at));
    connection.prependOnceListener("errorMessage", (error: { code?: string }) => {
      if (databaseStates.has(error.code ?? "")) onOpened?.(at);
    });
  });
}

const methods = {
  authenticationCleartextPassword: "cleartext",
  authenticationMD5Password: "md5",
  authenticationSASL: "scram",
} as const;

function noteMethod(connection: Connection, asked: { method?: string }): void {
  for (const [event, method] of Object.entries(methods)) {
    connection.prependListener(event, () => {
      asked.method = method;
    });
  }
}

/** R52: a token can be used by whoever reads it, so it goes only where the name was checked. */
function requireIdentity({ tlsMode }: PostgresTarget, { encryption }: OpenLine): void {
  if (tlsMode === "verify-full" && encryption.verified) return;
  throw new SessionFault("sign_in", "entra_needs_verification", "A token is not sent on an unverified line.");
}

/** R52: whoever skips the password a person gave, on a line on which nobody proved who they are, may be anybody. */
function requireKnownServer({ password }: PostgresTarget, { address, encryption }: OpenLine): void {
  if (!password || encryption.verified || isLoopback(address)) return;
  throw new SessionFault("sign_in", "password_not_asked", "The server did not ask for the password.");
}

/** R52: SCRAM proves the password without telling it; the other methods are for verified or local lines. */
function readPassword(target: PostgresTarget, line: OpenLine, method: string | undefined): string {
  if (!target.password) throw new SessionFault("sign_in", "password_missing", "The server asks for a password.");
  if (method !== "scram" && !line.encryption.verified && !isLoopback(line.address)) {
    throw new SessionFault("sign_in", "password_unsafe", "The server wants the password in a form others can read.", {
      method: method ?? "unknown",
    });
  }
  return target.password;
}
