import { writeFile } from "node:fs/promises";
import path from "node:path";
import { listen, makeTestFolder } from "@headgate/testkit";
import type { Socket } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { contextWith } from "../testing/targets.ts";
import { wire } from "../testing/wire.ts";
import { checkPostgres } from "./check-postgres.ts";

const password = "the-password-nobody-may-see";
const target = { host: "127.0.0.1", database: "shop", user: "reader", password, tlsMode: "disable" } as const;

afterEach(() => vi.unstubAllEnvs());

/** Checks a connection to a server that plays `answers`, one per message it receives, and says what it heard. */
async function checkAgainst(
  answers: readonly Buffer[],
  change: { password?: string | undefined; tlsMode?: "disable" | "prefer" | "require" } = {},
  peer = "127.0.0.1",
) {
  const heard: Buffer[] = [];
  const server = await listen((socket: Socket) => {
    let turn = 0;
    socket.on("data", (chunk) => {
      heard.push(chunk);
      const answer = answers[turn++];
      if (answer) socket.write(answer);
    });
  }, peer);
  const limits = { connectMs: 500, checkMs: 2_000 };
  const verdict = await checkPostgres({ ...target, ...change, port: server.port }, contextWith(limits), () => {});
  await server.close();
  return { verdict, heard: Buffer.concat(heard).toString("latin1") };
}

it("a server that offers no encryption does not get a password in the clear from afar [V5] [R52]", async () => {
  // 127.0.0.1 is this machine itself and may be told; what decides is the address the line really goes to.
  const { signIn } = await import("./sign-in.ts");
  for (const ask of [wire.askCleartext, wire.askMd5]) {
    const heard: string[] = [];
    const server = await listen((socket) => {
      socket.on("data", (chunk) => {
        heard.push(chunk.toString("latin1"));
        socket.write(ask);
      });
    });
    const stream = await contextWith().gate.connect(
      { host: "127.0.0.1", port: server.port, addresses: ["127.0.0.1"] },
      { timeoutMs: 500, signal: new AbortController().signal },
    );
    const line = { stream, address: "10.1.2.3", encryption: { encrypted: false, verified: false } };
    const signingIn = signIn({ ...target, port: server.port }, line, { timeoutMs: 500 });
    await expect(signingIn).rejects.toMatchObject({ code: "password_unsafe" });
    expect(heard.join("")).not.toContain(password);
    await server.close();
  }
});

it("no blank field is filled from the environment or a password file [V4]", async () => {
  const folder = await makeTestFolder();
  const passFile = path.join(folder.path, "pgpass");
  await writeFile(passFile, "*:*:*:*:from-pgpass\n", { mode: 0o600 });
  vi.stubEnv("PGPASSWORD", "from-environment");
  vi.stubEnv("PGPASSFILE", passFile);
  vi.stubEnv("PGUSER", "from-environment");
  vi.stubEnv("PGOPTIONS", "-c from-environment=1");
  vi.stubEnv("PGAPPNAME", "from-environment");
  vi.stubEnv("PGREPLICATION", "from-environment");
  vi.stubEnv("PGSSLNEGOTIATION", "direct");
  const { verdict, heard } = await checkAgainst([wire.askCleartext], { password: undefined });
  expect(verdict).toMatchObject({ failure: { code: "password_missing" } });
  expect(heard).not.toMatch(/from-environment|from-pgpass/);
  await folder.remove();
});

it("the start-up packet holds nothing a pooler would refuse [V32]", async () => {
  const { heard } = await checkAgainst([wire.error("28P01", "no")]);
  expect(heard.slice(8)).toBe("user\0reader\0database\0shop\0client_encoding\0UTF8\0\0");
});

it("bytes behind the answer to the wish for encryption are refused [V8] [B116]", async () => {
  const injected = Buffer.concat([Buffer.from("S"), wire.authOk, wire.ready]);
  const { verdict, heard } = await checkAgainst([injected], { tlsMode: "require" });
  expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_failed" } });
  expect(heard).not.toContain("reader");
});

it("no encryption under require is refused without a fallback [V8] [B115]", async () => {
  const { verdict, heard } = await checkAgainst([Buffer.from("N")], { tlsMode: "require" });
  expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_not_offered" } });
  expect(heard).not.toContain("reader");
});

it("an error in place of encryption under require is refused [V8]", async () => {
  const { verdict, heard } = await checkAgainst([wire.error("XX000", "no")], { tlsMode: "require" });
  expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_failed" } });
  expect(heard).not.toContain("reader");
});

it("a proof of the password that would take for ever is refused [V8]", async () => {
  const bomb = (heard: string): Buffer => {
    const nonce = heard.match(/r=([^,]+)/)?.[1] ?? "";
    return wire.scramFirst(`r=${nonce}more,s=c2FsdHNhbHQ=,i=2000000000`);
  };
  const server = await listen((socket) => {
    let turn = 0;
    socket.on("data", (chunk) => socket.write(turn++ === 0 ? wire.askScram : bomb(chunk.toString("latin1"))));
  });
  const verdict = await checkPostgres({ ...target, port: server.port }, contextWith(), () => {});
  expect(verdict).toMatchObject({ failure: { stage: "sign_in", code: "password_unsafe" } });
  await server.close();
});

it("a greeting without end is cut off instead of buffered [V9]", async () => {
  const flood = Buffer.alloc(1024 * 1024);
  let sent = 0;
  const server = await listen((socket) => {
    const pour = (): void => {
      while (!socket.destroyed && sent < 400e6) {
        sent += flood.length;
        if (!socket.write(flood)) return;
      }
    };
    socket.once("data", () => {
      socket.write(Buffer.concat([wire.authOk, wire.endless]));
      pour();
    });
    socket.on("drain", pour);
  });
  const verdict = await checkPostgres({ ...target, port: server.port }, contextWith(), () => {});
  expect(verdict).toMatchObject({ failure: { code: "not_postgres" } });
  expect(sent).toBeLessThan(20e6);
  await server.close();
});

it("a kind of sign-in nobody knows is a verdict, not the end of the process", async () => {
  const { verdict } = await checkAgainst([wire.askUnknown]);
  expect(verdict).toMatchObject({ failure: { stage: "sign_in", code: "not_postgres" } });
});

it("a server that asks for no password is let off with its answer", async () => {
  const ready = Buffer.concat([wire.authOk, wire.ready]);
  const { verdict, heard } = await checkAgainst([ready, wire.error("57P01", "gone")]);
  expect(verdict.status).toBe("failed");
  expect(heard).not.toContain(password);
});

it.each([
  ["08P01", "unsupported startup parameter: options", "pooler_parameter"],
  ["XX000", "Tenant or user not found", "pooler_user_unknown"],
  ["08P01", "no such database: shop", "database_unknown"],
  ["57P03", "the database system is starting up", "server_starting"],
  ["53300", "sorry, too many clients already", "server_full"],
  ["28000", 'no pg_hba.conf entry for host "10.0.0.7", user "reader", database "shop", no encryption', "tls_required"],
  [
    "28000",
    'no pg_hba.conf entry for host "10.0.0.7", user "reader", database "shop", SSL encryption',
    "address_not_admitted",
  ],
  ["42501", "permission denied for database", "database_forbidden"],
  ["99999", "something new", "unexpected"],
])("%s %s is understood", async (state, text, code) => {
  const { verdict } = await checkAgainst([wire.error(state, text)]);
  expect(verdict).toMatchObject({ failure: { code } });
});

it("the server's words are shown as data: one line, cut, nothing invisible [R32] [R33]", async () => {
  const { verdict } = await checkAgainst([wire.error("99999", `a\nb\u001b[31m\u202e${"x".repeat(5000)}`)]);
  const detail = verdict.status === "failed" ? verdict.failure.detail : "";
  expect(detail).toMatch(/^a b\\u\{1b\}\[31m\\u\{202e\}x+…$/);
  expect(detail.length).toBeLessThanOrEqual(320);
});
