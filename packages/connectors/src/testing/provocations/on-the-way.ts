import { createServer as createTlsServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { listen, makeAuthority, openDeafPort } from "@headgate/testkit";
import { createEgressGate } from "../../net/egress-gate.ts";
import { contextWith } from "../targets.ts";
import { wire } from "../wire.ts";
import { provoked, provokedBy, stranger, withListener, type Provocation } from "./provocation.ts";

const rules = { allow: [], loopbackAllowed: true, refuse: [] };
const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code });
};
const closedPort = async (): Promise<number> => {
  const closed = await listen(() => {});
  await closed.close();
  return closed.port;
};
const other = (how: string, greeting: string, service?: string): Provocation => ({
  how,
  code: "not_postgres",
  stage: "tls",
  ...(service && { facts: { service } }),
  provoke: () => provokedBy([greeting], { tlsMode: "prefer" }),
});

/** What can be wrong before anybody asks who we are. */
export const onTheWay: readonly Provocation[] = [
  {
    how: "a name that does not exist",
    code: "host_unknown",
    stage: "name",
    facts: { host: "no-such-host.invalid" },
    provoke: () => provoked(stranger(5432, { host: "no-such-host.invalid" })),
  },
  {
    how: "a resolver that is away",
    code: "host_lookup_failed",
    stage: "name",
    provoke: () => {
      const gate = createEgressGate(rules, failing("EAI_AGAIN"));
      return provoked(stranger(5432, { host: "db.example" }), { ...contextWith(), gate });
    },
  },
  {
    how: "an address the gate refuses [R43]",
    code: "address_denied",
    stage: "name",
    facts: { setting: "HEADGATE_EGRESS_ALLOW", reason: "loopback" },
    provoke: () => {
      const gate = createEgressGate({ ...rules, loopbackAllowed: false });
      return provoked(stranger(5432), { ...contextWith(), gate });
    },
  },
  {
    how: "a machine without a route",
    code: "network_unreachable",
    stage: "route",
    provoke: () => {
      const gate = createEgressGate(rules, async () => ["10.9.8.7"], failing("ENETUNREACH"));
      return provoked(stranger(5432, { host: "db.example" }), { ...contextWith(), gate });
    },
  },
  {
    how: "a server with IPv6 only, from a machine without",
    code: "ipv6_only",
    stage: "route",
    facts: { host: "db.example" },
    provoke: () => {
      const gate = createEgressGate(rules, async () => ["2a05:d018::1", "2a05:d018::2"], failing("ENETUNREACH"));
      return provoked(stranger(5432, { host: "db.example" }), { ...contextWith(), gate });
    },
  },
  {
    how: "a closed port [B60]",
    code: "port_closed",
    stage: "port",
    facts: { ourAddress: "127.0.0.1" },
    provoke: async () => provoked(stranger(await closedPort())),
  },
  {
    how: "localhost in a container",
    code: "container_localhost",
    stage: "port",
    facts: { host: "localhost" },
    provoke: async () => {
      const target = stranger(await closedPort(), { host: "localhost" });
      return provoked(target, { ...contextWith(), inContainer: true });
    },
  },
  {
    how: "a port that drops calls, as a firewall does [B61]",
    code: "port_silent",
    stage: "port",
    facts: { ourAddress: "127.0.0.1" },
    provoke: async () => {
      const deaf = await openDeafPort();
      const found = await provoked(stranger(deaf.port), contextWith({ connectMs: 300 }));
      await deaf.close();
      return found;
    },
  },
  {
    how: "a port that accepts and stays silent",
    code: "port_silent",
    stage: "tls",
    provoke: () =>
      withListener(
        () => {},
        (port) => provoked(stranger(port, { tlsMode: "require" }), contextWith({ connectMs: 300 })),
      ),
  },
  other("a web server [B57]", "HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP"),
  other("an SSH server [B58]", "SSH-2.0-OpenSSH_9.6\r\n", "SSH"),
  other("MySQL", "J\0\0\0\n8.0.36\0", "MySQL"),
  other("MariaDB", "Y\0\0\0\n5.5.5-10.11.6-MariaDB\0", "MariaDB"),
  other("MySQL that knows us not", "E\0\0\0\xffj\x04Host '10.0.0.7' is not allowed", "MySQL"),
  other("Redis", "-ERR Protocol error\r\n", "Redis"),
  other("Memcached", "ERROR\r\n", "Memcached"),
  other("a mail server", "220 mail.example ESMTP\r\n", "SMTP or FTP"),
  other("nobody we know", "hello\r\n"),
  {
    how: "a port that speaks TLS only [B59]",
    code: "tls_only_port",
    stage: "tls",
    provoke: async () => {
      const { key, certificate: cert } = makeAuthority().issue();
      const server = createTlsServer({ key, cert }).on("tlsClientError", () => {});
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const found = await provoked(stranger((server.address() as AddressInfo).port, { tlsMode: "prefer" }));
      await new Promise((resolve) => server.close(resolve));
      return found;
    },
  },
  {
    how: "a proxy that hangs up",
    code: "line_cut",
    stage: "tls",
    provoke: () =>
      withListener(
        (socket) => void socket.once("data", () => socket.destroy()),
        (port) => provoked(stranger(port, { tlsMode: "prefer" })),
      ),
  },
  {
    how: "a test that takes longer than it may",
    code: "too_slow",
    stage: "sign_in",
    facts: { seconds: "1" },
    provoke: () =>
      withListener(
        () => {},
        (port) => provoked(stranger(port), contextWith({ checkMs: 1_000 })),
      ),
  },
  {
    how: "a person who stops it",
    code: "stopped",
    stage: "sign_in",
    provoke: () => {
      const stop = new AbortController();
      return withListener(
        (socket) => void socket.once("data", () => stop.abort()),
        (port) => provoked(stranger(port), contextWith({}, stop.signal)),
      );
    },
  },
  {
    how: "an answer nobody has met",
    code: "unexpected",
    stage: "sign_in",
    provoke: () => provokedBy([wire.error("99999", "something new")]),
  },
];
