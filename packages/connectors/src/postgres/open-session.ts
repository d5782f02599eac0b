import type { PostgresTarget } from "@headgate/core";
import { entraToken } from "../net/entra/token-cache.ts";
import { openLine, type OpenLine, type Proofs } from "../net/open-line.ts";
import type { Line } from "../net/tls-modes.ts";
import { findWay, type Way } from "../net/way.ts";
import { cancelSession } from "./cancel-session.ts";
import { limitsOf, type PostgresContext } from "./context.ts";
import { chooseFailure, mayTryNextLine } from "./next-line.ts";
import { asSession, keyOf, type Session } from "./session.ts";
import { followSteps, type OnStage, type SessionSteps } from "./session-steps.ts";
import { signIn } from "./sign-in.ts";
import { provenLines, type ProvenLine } from "./proofs.ts";

export type SessionOptions = {
  readonly onStage?: OnStage;
  readonly maxBytes?: number;
};

/** Opens a session the one way Headgate opens any (design §6). Throws a `StageFault` naming the stage that failed. */
export async function openSession(
  target: PostgresTarget,
  context: PostgresContext,
  options: SessionOptions = {},
): Promise<Session> {
  const steps = followSteps(target, context.inContainer === true, options.onStage);
  let way: Way | undefined;
  try {
    const { connectMs: timeoutMs } = limitsOf(context);
    const lines = readLines(target, steps);
    way = await findWay(context.gate, target, { ...steps, timeoutMs, signal: context.signal });
    return await tryLines(lines, { target, way, context, options, steps });
  } catch (error) {
    way?.release();
    throw steps.fault(error);
  }
}

/** Before anything is sent: certificates and keys that cannot be used are a fault of that stage (V12). */
function readLines(target: PostgresTarget, steps: SessionSteps): readonly ProvenLine[] {
  try {
    return provenLines(target);
  } catch (error) {
    steps.enter("tls");
    throw error;
  }
}

type Opening = {
  readonly target: PostgresTarget;
  readonly way: Way;
  readonly context: PostgresContext;
  readonly options: SessionOptions;
  readonly steps: SessionSteps;
};

async function tryLines(lines: readonly ProvenLine[], opening: Opening): Promise<Session> {
  const { target, context, steps } = opening;
  let failure: unknown;
  for (const [index, { line, proofs }] of lines.entries()) {
    try {
      // Another line to a port that was reached already belongs to the question how to encrypt.
      if (index > 0) steps.enter("tls");
      return await openOn(line, proofs, opening);
    } catch (error) {
      failure = chooseFailure(failure, error);
      context.signal.throwIfAborted();
      if (!mayTryNextLine(target.tlsMode, line, error)) throw failure;
    }
  }
  throw failure;
}

async function openOn(line: Line, proofs: Proofs, opening: Opening): Promise<Session> {
  const { way, context, steps } = opening;
  const open = await openLine(way, line, {
    ...proofs,
    timeoutMs: limitsOf(context).connectMs,
    signal: context.signal,
    onReached: () => {
      if (steps.stage() === "tls") return;
      steps.pass();
      steps.enter("tls");
    },
  });
  steps.pass(open.encryption.encrypted ? open.encryption.protocol : "not encrypted");
  const hangUp = (): void => void open.stream.destroy();
  context.signal.addEventListener("abort", hangUp, { once: true });
  try {
    return await beginOn(open, line, proofs.identity, opening);
  } finally {
    context.signal.removeEventListener("abort", hangUp);
  }
}

async function beginOn(
  open: OpenLine,
  line: Line,
  identity: Proofs["identity"],
  { target, way, context, options, steps }: Opening,
): Promise<Session> {
  steps.enter("sign_in");
  const signedIn = await signIn(target, open, {
    timeoutMs: limitsOf(context).connectMs,
    token: tokenFor(target, context),
    // Whether the login was accepted shows only with the next message: a login without the right to sign in is told so
    // after its password was found right.
    onOpened: (authenticatedAt) => {
      steps.pass(undefined, authenticatedAt);
      steps.enter("database", authenticatedAt);
    },
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
  });
  steps.pass();
  const cancel = () => cancelSession(way, line, identity, keyOf(signedIn.client));
  return asSession(signedIn, open, cancel, () => way.release(), context.signal);
}

/** Undefined where a password is used. It has to come before the server loses patience with us. */
function tokenFor({ entra, ...target }: PostgresTarget, context: PostgresContext): (() => Promise<string>) | undefined {
  if (!entra) return undefined;
  const { gate, signal, entraAuthority: authority } = context;
  const timeoutMs = limitsOf(context).connectMs * 0.8;
  return () => entraToken(gate, { ...target, entra }, { timeoutMs, signal, authority });
}
