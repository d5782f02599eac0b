import { writeFileSync } from "node:fs";
import path from "node:path";
import type { PostgresTarget } from "@headgate/core";
import { listen, makeTestFolder } from "@headgate/testkit";
import { vi } from "vitest";
import { checkPostgres } from "../postgres/check-postgres.ts";
import { contextWith } from "./targets.ts";

/** Every secret, variable and file that a driver could be talked into sending, each with a canary of its own. */
export type Bait = {
  /** A text that no byte of the wire may show, in whatever form. */
  readonly canaries: readonly string[];
  remove(): Promise<void>;
};

const variables = [
  "PGHOST",
  "PGUSER",
  "PGPASSWORD",
  "PGDATABASE",
  "PGOPTIONS",
  "PGAPPNAME",
  "PGSERVICE",
  "PGSSLCERT",
  "PGSSLKEY",
  "PGREPLICATION",
  "SSH_AUTH_SOCK",
  "HEADGATE_MASTER_KEY",
];

/** Lays out the bait: variables, ~/.pgpass, a service file and a key file, all readable, all full of canaries. */
export async function layBait(): Promise<Bait> {
  const folder = await makeTestFolder();
  const put = (name: string, text: string): string => {
    const file = path.join(folder.path, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  for (const name of variables) vi.stubEnv(name, `canary-${name}`);
  vi.stubEnv("HOME", folder.path);
  vi.stubEnv("PGPASSFILE", put(".pgpass", "*:*:*:*:canary-pgpass\n"));
  vi.stubEnv("PGSERVICEFILE", put(".pg_service.conf", "[canary]\npassword=canary-service\nhost=127.0.0.1\n"));
  vi.stubEnv("PGSSLROOTCERT", put("root.crt", "canary-file-root"));
  vi.stubEnv("SSLKEYLOGFILE", put("keys.log", "canary-file-keylog"));
  const files = ["canary-pgpass", "canary-service", "canary-file-root", "canary-file-keylog"];
  return {
    canaries: [...variables.map((name) => `canary-${name}`), ...files],
    remove: async () => {
      vi.unstubAllEnvs();
      await folder.remove();
    },
  };
}

/** The forms in which a text can travel and still be that text. */
export function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const wide = bytes.toString("utf16le") === "" ? [] : [Buffer.from(text, "utf16le").toString("latin1")];
  // Of Base64 the middle, which reads the same wherever the text begins in its surroundings.
  const encoded = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  return [
    bytes.toString("latin1"),
    encodeURIComponent(text),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    Buffer.from(text).reverse().toString("latin1"),
    ...encoded,
    ...encoded.map((form) => form.replaceAll("+", "-").replaceAll("/", "_")),
    ...wide,
  ];
}

/** Which of these texts is on the wire, in any form. */
export function foundOn(wire: Buffer, texts: readonly string[]): readonly string[] {
  const heard = wire.toString("latin1");
  return texts.filter((text) => formsOf(text).some((form) => form.length > 5 && heard.includes(form)));
}

export type Encounter = {
  readonly code: string;
  readonly stage: string;
  /** Every byte the rogue was sent, on all its lines. */
  readonly heard: Buffer;
  readonly lines: number;
};

/** Checks a connection to a rogue that answers what it hears, message by message; `undefined` keeps silent. */
export async function meet(
  answer: (heard: Buffer, turn: number) => Buffer | undefined,
  change: Partial<PostgresTarget> = {},
): Promise<Encounter> {
  const heard: Buffer[] = [];
  const server = await listen((socket) => {
    let turn = 0;
    socket.on("data", (chunk) => {
      heard.push(chunk);
      const words = answer(chunk, turn);
      turn += 1;
      if (words) socket.write(words);
    });
  });
  const target: PostgresTarget = {
    host: "127.0.0.1",
    port: server.port,
    database: "shop",
    user: "reader",
    password: undefined,
    tlsMode: "disable",
    ...change,
  };
  const verdict = await checkPostgres(target, contextWith({ connectMs: 1_000, checkMs: 5_000 }), () => {});
  const lines = server.sockets.size;
  await server.close();
  const { code, stage } = verdict.status === "failed" ? verdict.failure : { code: "ok", stage: "" };
  return { code, stage, heard: Buffer.concat(heard), lines };
}
