import type { Encryption } from "@headgate/contract";
import type { Client, QueryResultRow } from "pg";
import type { OpenLine } from "../net/open-line.ts";
import type { SignedIn } from "./sign-in.ts";

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
  /**
   * From now on `query`, and COPY from here, send one statement at a time, and the server refuses more in it: what they
   * send holds a person's words (V17).
   */
  guard(): void;
  isGuarded(): boolean;
  /** Whether nothing is under way and the server waits for the next statement. */
  isIdle(): boolean;
  /** The signal does not end this session until the answer is called: a COMMIT must not be cut short. */
  outliveSignal(): () => void;
  close(): Promise<void>;
  /** Cancels at the server whatever is under way and hangs up. */
  stop(): Promise<void>;
};

/** Makes pg send a statement by the extended protocol, which takes only one; pg knows it without declaring it. */
export const alone: object = { queryMode: "extended" };

/** pg keeps both numbers on the client without declaring them. */
export function keyOf(client: Client): { processId: number; secret: number } {
  const { processID, secretKey } = client as Client & { processID?: number | null; secretKey?: number | null };
  return { processId: processID ?? 0, secret: secretKey ?? 0 };
}

/** pg's own `end()` sometimes never settles (node-postgres 2648), so it gets this long to say goodbye. */
const goodbyeMs = 300;

/** How long a server gets to obey before the line is cut: a blocked COPY notices nothing else. */
const obeyMs = 500;

/** pg knows, without declaring it, whether the server waits for a query. */
function isIdle(client: Client): boolean {
  return (client as Client & { readyForQuery?: boolean }).readyForQuery === true;
}

function idleWithin(client: Client, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      client.off("drain", settle).off("end", settle);
      resolve(isIdle(client));
    };
    const timer = setTimeout(settle, milliseconds);
    client.on("drain", settle).on("end", settle);
    if (isIdle(client)) settle();
  });
}

/** Makes a session of a signed-in client; `cancel` asks the server to stop, `release` gives the way to it back. */
export function asSession(
  { client, passwordAsked }: SignedIn,
  { stream, encryption, address }: OpenLine,
  cancel: () => Promise<void>,
  release: () => void,
  signal: AbortSignal,
): Session {
  const stop = async (): Promise<void> => {
    signal.removeEventListener("abort", onAbort);
    try {
      if (isIdle(client) && !stream.destroyed) return void stream.destroy();
      await cancel().catch(() => {});
      // A request that overtakes its query on the way is ignored, so a query that goes on is asked a second time.
      if (stream.destroyed || (await idleWithin(client, obeyMs))) return void stream.destroy();
      stream.destroy();
      await cancel().catch(() => {});
    } finally {
      release();
    }
  };
  const onAbort = (): void => void stop();
  let guarded = false;
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    client,
    encryption,
    address,
    passwordAsked,
    backendPid: keyOf(client).processId,
    query: async <R extends QueryResultRow>(text: string, values?: unknown[]) =>
      (await client.query<R>({ text, ...(values && { values }), ...(guarded && alone) })).rows,
    guard: () => {
      guarded = true;
    },
    isGuarded: () => guarded,
    execute: async (text) => {
      await client.query(text);
    },
    isIdle: () => isIdle(client),
    outliveSignal: () => {
      signal.removeEventListener("abort", onAbort);
      return () => {
        signal.addEventListener("abort", onAbort, { once: true });
        if (signal.aborted) onAbort();
      };
    },
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
