import { problemSchema, type Problem, type Role, type User } from "@headgate/contract";
import { createSession, insertUser } from "@headgate/store";
import { createStore, type TestStore } from "@headgate/testkit";
import { pino } from "pino";
import { sessionCookie } from "../http/session-cookie.ts";
import { startServer, type RunningServer, type StartOptions } from "../start.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json<T = Record<string, unknown>>(): T;
  /** The answer as problem details; throws when it is anything else. */
  problem(): Problem;
};

export type Ask = {
  readonly as?: Role | "nobody";
  readonly cookie?: string;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
};

export type TestServer = RunningServer & {
  readonly store: TestStore;
  readonly users: Readonly<Record<Role, User>>;
  readonly logs: readonly string[];
  /** Asks as an editor unless told otherwise, with the headers our own page sends. */
  ask(method: string, path: string, ask?: Ask & { signal?: AbortSignal }): Promise<Answer>;
  /** The raw answer of `fetch`, for streams. */
  open(method: string, path: string, ask?: Ask & { signal?: AbortSignal }): Promise<Response>;
  stop(): Promise<void>;
};

/** A real server on a free port over a real store with one person per role. */
export async function startTestServer(
  options: Partial<Omit<StartOptions, "settings" | "store">> & {
    readonly people?: boolean;
    readonly host?: string;
    /** Beside the usual ones. */
    readonly settings?: Partial<StartOptions["settings"]>;
  } = {},
): Promise<TestServer> {
  const store = await createStore();
  const logs: string[] = [];
  const { people = true, host = "127.0.0.1", settings: given, ...rest } = options;
  const server = await startServer({
    settings: {
      host,
      port: 0,
      databaseUrl: store.database.url,
      egressAllow: [],
      trustProxy: [],
      rateLimits: "on",
      logLevel: "info",
      ...given,
    },
    store,
    version: "9.9.9",
    inContainer: false,
    log: pino({ level: "info" }, { write: (line: string) => void logs.push(line) }),
    ...rest,
  });
  const users = {} as Record<Role, User>;
  const cookies = new Map<string, string>();
  for (const role of people ? (["admin", "editor", "viewer"] as const) : []) {
    const email = `${role}@example.com`;
    users[role] = await insertUser(store.db, { name: role, email, role, timeZone: "UTC", passwordHash: "none" });
    cookies.set(role, `${sessionCookie}=${await createSession(store.db, users[role].id)}`);
  }

  const open: TestServer["open"] = (method, path, { as = "editor", cookie, body, raw, headers, signal } = {}) => {
    const all = {
      cookie: cookie ?? cookies.get(as),
      "x-headgate": "1",
      origin: server.url,
      ...(method !== "get" && { "content-type": "application/json" }),
      ...headers,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    // oxlint-disable-next-line no-restricted-globals -- the test is the browser here
    return fetch(server.url + path, {
      method: method.toUpperCase(),
      headers: given,
      redirect: "manual",
      ...(sent !== undefined && { body: sent }),
      ...(signal && { signal }),
    });
  };

  return {
    ...server,
    store,
    users,
    logs,
    open,
    async ask(method, path, ask) {
      const response = await open(method, path, ask);
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: <T>() => JSON.parse(text) as T,
        problem: () => {
          const type = response.headers.get("content-type") ?? "";
          if (!type.startsWith("application/problem+json"))
            throw new Error(`Not a problem: ${response.status} ${text}`);
          return problemSchema.strict().parse(JSON.parse(text));
        },
      };
    },
    async stop() {
      await server.close();
      await store.close();
    },
  };
}
