import type { CheckVerdict, PostgresConnection, ConnectionAnswers } from "@headgate/contract";
import { insertConnection } from "@headgate/store";
import { watchOutbound } from "@headgate/testkit";
import { expect } from "vitest";
import { startTestServer, type Answer, type TestServer } from "./test-server.ts";

/** A connection that differs from a good one in what is bad. */
export type Typed = { readonly settings?: object; readonly secrets?: object };

export type Refused = {
  readonly status: number;
  readonly type: string;
  /** The guilty fields with their sentences. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the process sent out meanwhile. */
  readonly attempts: readonly string[];
};

export type Verdict = { readonly verdict: CheckVerdict; readonly attempts: readonly string[] };

/** A real server and the questions that every case of the catalogue of bad inputs is asked. */
export type Sweep = {
  readonly server: TestServer;
  /** Tries to save a connection; proves on the way that nothing was saved, repeated or broken. */
  refuseConnection(typed: Typed, secret?: string): Promise<Refused>;
  /** Tries to save a tunnel, likewise. */
  refuseTunnel(typed: object, secret?: string): Promise<Refused>;
  /** Any other request that is refused, likewise. */
  refuse(path: string, body: unknown, secret?: string): Promise<Refused>;
  /** Saves a connection as the page would; fails when that is refused. */
  save(typed: Typed): Promise<PostgresConnection>;
  /** Puts a connection into the store past all rules, as if it had been saved when others were in force. */
  plant(typed: Typed): Promise<string>;
  /** Checks a saved connection, and that the answer and the log repeat no secret. */
  check(id: string, secret?: string): Promise<Verdict>;
  /** The code of a failed check with its facts, of a connection that can be saved. */
  failure(typed: Typed, secret?: string): Promise<{ code: string; stage: string; facts: Record<string, string> }>;
};

const settings = { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "prefer" } as const;
const tunnel = { host: "ssh.example.com", port: 22, user: "me", method: "password" } as const;

/** Starts one; without brakes for busy people, and alone with its store. */
export async function startSweep(options: Parameters<typeof startTestServer>[0] = {}): Promise<Sweep> {
  const server = await startTestServer({ ...options, settings: { rateLimits: "off", ...options.settings } });
  const port = Number(new URL(server.url).port);
  let names = 0;
  const name = (): string => `Case ${++names}`;

  async function watched<T>(work: () => Promise<T>): Promise<{ result: T; attempts: readonly string[] }> {
    const watch = watchOutbound([port]);
    try {
      return { result: await work(), attempts: watch.attempts };
    } finally {
      watch.stop();
    }
  }

  async function refuse(path: string, body: unknown, secret = "canary"): Promise<Refused> {
    const before = await saved(server);
    const { result: answer, attempts } = await watched(() => server.ask("post", path, { body }));
    expect(await saved(server)).toBe(before);
    expectQuiet(server, answer, secret);
    const { type, status, fields = {} } = answer.problem();
    for (const sentence of Object.values(fields)) expect(sentence).toMatch(/^[A-Z“][^\n\r]{5,300}[.…]$/);
    expect((await server.ask("get", "/healthz")).json()).toMatchObject({ status: "alive" });
    return { status, type, fields, attempts };
  }

  const bodyOf = (typed: Typed) => ({
    name: name(),
    settings: { ...settings, ...typed.settings },
    secrets: { ...typed.secrets },
  });

  async function save(typed: Typed): Promise<PostgresConnection> {
    const answer = await server.ask("post", "/api/connections", { body: bodyOf(typed) });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.json<PostgresConnection>();
  }

  async function check(id: string, secret = "canary"): Promise<Verdict> {
    const ask = () => server.ask("post", `/api/connections/${id}/check`, { body: {} });
    const { result: answer, attempts } = await watched(ask);
    expect(answer.status).toBe(200);
    expectQuiet(server, answer, secret);
    const events = answer.text.split("\n").filter((line) => line.startsWith("data: "));
    const last = JSON.parse(events.at(-1)?.slice("data: ".length) ?? "{}") as { verdict: CheckVerdict };
    return { verdict: last.verdict, attempts };
  }

  return {
    server,
    refuse,
    refuseConnection: (typed, secret) => refuse("/api/connections", bodyOf(typed), secret),
    refuseTunnel: (typed, secret) =>
      refuse("/api/tunnels", { name: name(), ...tunnel, secrets: { password: "canary-tunnel" }, ...typed }, secret),
    save,
    async plant(typed) {
      const planted = await insertConnection(server.store, bodyOf(typed) as ConnectionAnswers);
      if ("refused" in planted) throw new Error(planted.refused);
      return planted.id;
    },
    check,
    async failure(typed, secret) {
      const { verdict } = await check((await save(typed)).id, secret);
      if (verdict.status === "succeeded") return { code: "ok", stage: "", facts: {} };
      return verdict.failure;
    },
  };
}

/** Everything that saving a connection or a tunnel could write. */
async function saved({ store }: TestServer): Promise<string> {
  const parts = ["connections", "tunnels", "secrets", "drafts", "flows"].map(
    (table) => `select '${table}' as t, to_jsonb(x) as row from ${table} x`,
  );
  const { rows } = await store.db.query(`select * from (${parts.join(" union all ")}) x order by t, row::text`);
  return JSON.stringify(rows);
}

/** No secret, no insides: neither in the answer nor in the log, and no fault of ours behind it. */
function expectQuiet(server: TestServer, { text }: Answer, secret: string): void {
  const words = text + JSON.stringify(server.logs);
  for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")])
    expect(words.includes(form)).toBe(false);
  expect(text).not.toMatch(/ at .*\(.*:\d+:\d+\)|node_modules|\bzod\b/i);
  expect(server.logs.filter((line) => line.includes("fault of ours") || line.includes("caught"))).toEqual([]);
}
