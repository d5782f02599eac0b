import { tlsModes, type TlsMode } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { makeAuthority, startPostgres, type TestServer, type TestServerOptions } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPsql, psqlOutcome } from "../testing/psql.ts";
import { contextWith, targetOf } from "../testing/targets.ts";
import { openSession } from "./open-session.ts";

type Outcome = "plain" | "encrypted" | "refused";
type Row = {
  readonly server: string;
  readonly options: TestServerOptions;
  /** One letter per mode, from disable to verify-full: without an authority's certificate, and with the server's. */
  readonly without: string;
  readonly given: string;
  readonly material?: Partial<PostgresTarget>;
};

const people = makeAuthority("Client authority");
const me = people.issue({ names: ["somebody"] });
const stranger = makeAuthority("Somebody else").issue({ names: ["somebody"] });
const clientCertificate = me.certificate;
const demanding: TestServerOptions = {
  tls: true,
  clientAuthority: people.certificate,
  hba: ["hostssl all all all scram-sha-256 clientcert=verify-ca"],
};

const rows: readonly Row[] = [
  { server: "TLS off", options: {}, without: "ppp---", given: "ppp---" },
  { server: "TLS on", options: { tls: true }, without: "ppee--", given: "ppeeee" },
  {
    server: "TLS demanded",
    options: { tls: true, hba: ["hostssl all all all scram-sha-256"] },
    without: "-eee--",
    given: "-eeeee",
  },
  {
    server: "TLS only without",
    options: { tls: true, hba: ["hostnossl all all all scram-sha-256"] },
    without: "ppp---",
    given: "ppp---",
  },
  { server: "self-signed", options: { tls: { selfSigned: true } }, without: "ppee--", given: "ppp---" },
  { server: "wrong name", options: { tls: { names: ["db.example"] } }, without: "ppee--", given: "ppeee-" },
  { server: "expired", options: { tls: { expired: true } }, without: "ppee--", given: "ppp---" },
  { server: "not yet valid", options: { tls: { early: true } }, without: "ppee--", given: "ppp---" },
  { server: "client certificate demanded, none given", options: demanding, without: "------", given: "------" },
  {
    server: "client certificate demanded and given",
    options: demanding,
    material: { clientCertificate, clientKey: me.key },
    without: "-eee--",
    given: "-eeeee",
  },
  {
    server: "client certificate demanded, a stranger's given",
    options: demanding,
    material: { clientCertificate: stranger.certificate, clientKey: stranger.key },
    without: "------",
    given: "------",
  },
];

const letters: Readonly<Record<string, Outcome>> = { p: "plain", e: "encrypted", "-": "refused" };

async function ours(target: PostgresTarget): Promise<Outcome> {
  try {
    const session = await openSession(target, contextWith({ connectMs: 5_000 }));
    const [row] = await session.query<{ ssl: boolean }>("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
    expect(session.encryption.encrypted).toBe(row?.ssl);
    await session.close();
    return row?.ssl ? "encrypted" : "plain";
  } catch {
    return "refused";
  }
}

describe.each(rows)("$server", ({ options, without, given, material }) => {
  let server: TestServer;
  let withPsql: boolean;
  beforeAll(async () => {
    [server, withPsql] = await Promise.all([startPostgres(options), hasPsql()]);
  });
  afterAll(() => server.stop());

  const other: string = makeAuthority().certificate;
  describe.each([
    ["no authority", (): string | undefined => undefined, without],
    ["the authority", (): string | undefined => server.caCertificate ?? other, given],
  ] as const)("with %s given", (_name, authority, expected) => {
    it.each(tlsModes.map((mode, index): [TlsMode, Outcome] => [mode, letters[expected[index] ?? ""] ?? "refused"]))(
      "%s comes out %s, as with psql [R50] [V10]",
      async (tlsMode, outcome) => {
        const caCertificate = authority();
        const changes = { ...material, tlsMode, ...(caCertificate && { caCertificate }) };
        const target = targetOf({ ...server, host: "localhost", database: "postgres" }, changes);
        // Where this machine has libpq's own client, the table itself is put to the test.
        const psql = withPsql ? await psqlOutcome(target) : outcome;
        expect({ ours: await ours(target), psql }).toEqual({ ours: outcome, psql: outcome });
      },
    );
  });
});
