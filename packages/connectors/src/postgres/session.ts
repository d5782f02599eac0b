import type { CheckStage, Encryption } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import type { Client, QueryResultRow } from "pg";
import { badAuthority, readAuthorities } from "../net/ca-certificate.ts";
import { readClientIdentity } from "../net/client-identity.ts";
import { entraToken } from "../net/entra/token-cache.ts";
import { openLine, type LineOptions, type OpenLine } from "../net/open-line.ts";
import { linesFor, tlsModeRules, type Line } from "../net/tls-modes.ts";
import { findWay, type Way } from "../net/way.ts";
import { cancelSession } from "./cancel-session.ts";
import { limitsOf, type PostgresContext } from "./context.ts";
import { chooseFailure, mayTryNextLine } from "./next-line.ts";
import { StageFault } from "./session-fault.ts";
import { signIn, type SignedIn } from "./sign-in.ts";

/** One signed-in session. Whoever opens it closes it; when the context's signal fires it ends at the server too. */
export type Session = {
  readonly client: Client;
  readonly encryption: Encryption;
  /** The address it really goes to. */
  readonly address: string;
  readonly passwordAsked: boolean;
  readonly backendPid: number;
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** Statements without rows, several of them when parted by semicolons; never with a value inside. */
  execute(text: string): Promise<void>;
  /** From now on the signal no longer ends this session: a COMMIT must not be cut short. */
  outliveSignal(): void;
  close(): Promise<void>;
  /** Cancels at the server whatever is under way and hangs up. */
  stop(): Promise<void>;
};

export type SessionOptions = {
  /** `at` is the moment it happened (`performance.now()`) where that is known only later. */
  readonly onStage?: (stage: CheckStage, status: "running" | "passed", note?: string, at?: number) => void;
  readonly maxBytes?: number;
};

/** Opens a session the one way Headgate opens any (design §6). Throws a `StageFault` naming the stage that failed. */
export async function openSession(
  target: PostgresTarget,
  context: PostgresContext,
  options: SessionOptions = {},
): Promise<Session> {
  let stage: CheckStage = "name";
  const enter = (next: CheckStage, at?: number): void => {
    stage = next;
    options.onStage?.(next, "running", undefined, at);
  };
  const pass = (note?: string, at?: number): void => options.onStage?.(stage, "passed", note, at);
  const steps: Steps = { enter, pass, stage: () => stage };
  let way: Way | undefined;
  try {
    const { connectMs: timeoutMs } = limitsOf(context);
    way = await findWay(context.gate, target, { enter, pass, timeoutMs, signal: context.signal });
    return await tryLines(target, way, context, options, steps);
  } catch (error) {
    way?.release();
    throw error instanceof StageFault ? error : new StageFault(stage, error);
  }
}

type Steps = {
  readonly enter: (stage: CheckStage, at?: number) => void;
  readonly pass: (note?: string, at?: number) => void;
  readonly stage: () => CheckStage;
};

async function tryLines(
  target: PostgresTarget,
  way: Way,
  context: PostgresContext,
  options: SessionOptions,
  steps: Steps,
): Promise<Session> {
  const lines = linesFor(target.tlsMode, Boolean(target.caCertificate?.trim()));
  let failure: unknown;
  for (const [index, line] of lines.entries()) {
    try {
      // Another line to a port that was reached already belongs to the question how to encrypt.
      if (index > 0) steps.enter("tls");
      return await openOn(line, target, way, context, options, steps);
    } catch (error) {
      failure = chooseFailure(failure, error);
      context.signal.throwIfAborted();
      if (!mayTryNextLine(target.tlsMode, line, error)) throw failure;
    }
  }
  throw failure;
}

async function openOn(
  line: Line,
  target: PostgresTarget,
  way: Way,
  context: PostgresContext,
  options: SessionOptions,
  { enter, pass, stage }: Steps,
): Promise<Session> {
  const { connectMs: timeoutMs } = limitsOf(context);
  const onReached = (): void => {
    if (stage() === "tls") return;
    pass();
    enter("tls");
  };
  const proofs = line === "plain" ? { authorities: undefined, identity: undefined } : proofsFor(target);
  const open = await openLine(way, line, { ...proofs, timeoutMs, signal: context.signal, onReached });
  pass(open.encryption.protocol);
  const hangUp = (): void => void open.stream.destroy();
  context.signal.addEventListener("abort", hangUp, { once: true });
  try {
    enter("sign_in");
    const { maxBytes } = options;
    const signedIn = await signIn(target, open, {
      timeoutMs,
      token: tokenFor(target, context),
      // Whether the login was accepted shows only with the next message: a login without the right to sign in is told
      // so after its password was found right.
      onOpened: (authenticatedAt) => {
        pass(undefined, authenticatedAt);
        enter("database", authenticatedAt);
      },
      ...(maxBytes === undefined ? {} : { maxBytes }),
    });
    pass();
    return asSession(
      signedIn,
      open,
      () => cancelSession(way, line, proofs.identity, keyOf(signedIn.client)),
      () => way.release(),
      context.signal,
    );
  } finally {
    context.signal.removeEventListener("abort", hangUp);
  }
}

/** What the server is checked against, and what it is shown. Material that cannot be used is a fault of that stage. */
function proofsFor(target: PostgresTarget): Pick<LineOptions, "authorities" | "identity"> {
  try {
    const authorities = readAuthorities(target.caCertificate);
    if (authorities === undefined && "needsAuthority" in tlsModeRules[target.tlsMode]) {
      throw badAuthority("missing", "This mode needs the certificate of the authority to check against.");
    }
    return { authorities, identity: readClientIdentity(target) };
  } catch (error) {
    throw new StageFault("tls", error);
  }
}

/** Undefined where a password is used. It has to come before the server loses patience with us. */
function tokenFor({ entra, ...target }: PostgresTarget, context: PostgresContext): (() => Promise<string>) | undefined {
  if (!entra) return undefined;
  const { gate, signal, entraAuthority: authority } = context;
  const timeoutMs = limitsOf(context).connectMs * 0.8;
  return () => entraToken(gate, { ...target, entra }, { timeoutMs, signal, authority });
}

/** pg keeps both numbers on the client without declaring them. */
function keyOf(client: Client): { processId: number; secret: number } {
  const { processID, secretKey } = client as Client & { processID?: number | null; secretKey?: number | null };
  return { processId: processID ?? 0, secret: secretKey ?? 0 };
}

/** pg's own `end()` sometimes never settles (node-postgres 2648), so it gets this long to say goodbye. */
const goodbyeMs = 300;

function asSession(
  { client, passwordAsked }: SignedIn,
  { stream, encryption, address }: OpenLine,
  cancel: () => Promise<void>,
  release: () => void,
  signal: AbortSignal,
): Session {
  const stop = async (): Promise<void> => {
    signal.removeEventListener("abort", onAbort);
    stream.destroy();
    await cancel().catch(() => {});
    release();
  };
  const onAbort = (): void => void stop();
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    client,
    encryption,
    address,
    passwordAsked,
    backendPid: keyOf(client).processId,
    query: async <R extends QueryResultRow>(text: string, values?: unknown[]) =>
      (await client.query<R>(text, values)).rows,
    execute: async (text) => {
      await client.query(text);
    },
    outliveSignal: () => signal.removeEventListener("abort", onAbort),
    stop,
    close: async () => {
      signal.removeEventListener("abort", onAbort);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, goodbyeMs);
      });
      await Promise.race([client.end().catch(() => {}), late]);
      clearTimeout(timer);
      stream.destroy();
      release();
    },
  };
}
