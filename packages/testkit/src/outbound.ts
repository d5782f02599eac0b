import { createHook } from "node:async_hooks";

/** Everything by which Node asks the operating system to send something somewhere. */
const kinds: Readonly<Record<string, (request: Request) => string>> = {
  TCPCONNECTWRAP: ({ address, port }) => `tcp ${address}:${port}`,
  PIPECONNECTWRAP: ({ address }) => `pipe ${address}`,
  GETADDRINFOREQWRAP: ({ hostname }) => `lookup ${hostname}`,
  QUERYWRAP: ({ hostname }) => `query ${hostname}`,
  UDPSENDWRAP: ({ address, port }) => `udp ${address}:${port}`,
};

const ours = new Set(["127.0.0.1", "0.0.0.0"]);

type Request = { readonly address?: string; readonly port?: number; readonly hostname?: string };

export type OutboundWatch = {
  /** What was asked for so far, for example `tcp 10.0.0.1:5432` or `lookup db.example`, in order. */
  readonly attempts: readonly string[];
  stop(): void;
};

/**
 * Watches the whole process for outbound connections and look-ups, below every module that could begin one. Lines to
 * `known` ports of this machine, such as the server under test, and those of the store's own pool do not count.
 */
export function watchOutbound(known: readonly number[] = []): OutboundWatch {
  const attempts: string[] = [];
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const ofThePool = new Set<number>();
  const hook = createHook({
    init(id, type, trigger, resource) {
      // A socket is made in the caller's own turn; it begins to connect in a later one.
      if (type === "TCPWRAP" && /[/\\]pg-pool[/\\]/.test(new Error().stack ?? "")) ofThePool.add(id);
      const describe = kinds[type];
      if (!describe || ofThePool.has(trigger)) return;
      const request = resource as Request;
      if (request.port !== undefined && known.includes(request.port) && ours.has(request.address ?? "")) return;
      attempts.push(describe(request));
    },
  }).enable();
  return {
    attempts,
    stop: () => {
      hook.disable();
      Error.stackTraceLimit = limit;
    },
  };
}
