import { randomBytes } from "node:crypto";
import path from "node:path";
import { startCluster } from "@headgate/store/embedded";
import { makeAuthority, type CertificateOptions } from "./certificates.ts";
import { makeTestFolder } from "./test-folder.ts";

/** How to reach a server as its superuser. */
export type ServerAddress = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
};

export type TestServer = ServerAddress & {
  readonly url: (database?: string) => string;
  /** PEM text of the authority that signed the server's certificate; there only with `tls`. */
  readonly caCertificate?: string;
  /** Of the process that all its sessions descend from. */
  readonly pid: number;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
};

export type TestServerOptions = {
  /** TLS on, with a certificate of a fresh authority; `true`: for localhost and 127.0.0.1. */
  readonly tls?: true | CertificateOptions;
  /** PEM text of the authority whose client certificates it checks; `hba` says who needs one. */
  readonly clientAuthority?: string;
  /** Server settings, for example `{ log_connections: "on" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The lines of pg_hba.conf, in place of "scram-sha-256 from everywhere". */
  readonly hba?: readonly string[];
  /** A server that only follows another one, and accepts no changes. */
  readonly standby?: true;
  readonly onLog?: (text: string) => void;
};

// Nothing a test writes has to survive a power cut.
const hasty = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "64MB" };

/**
 * Starts a PostgreSQL 18 server of its own for a test, about 1 s, on a port the system picks. Stop it in `afterAll`;
 * it dies with the test process in any case.
 */
export async function startPostgres(options: TestServerOptions = {}): Promise<TestServer> {
  const { tls, settings, hba, onLog, clientAuthority, standby } = options;
  const folder = await makeTestFolder();
  const authority = tls && makeAuthority();
  const certificate = authority?.issue(tls === true ? { names: ["localhost"], addresses: ["127.0.0.1"] } : tls);
  const cluster = await startCluster({
    dataDir: path.join(folder.path, "data"),
    password: randomBytes(12).toString("hex"),
    settings: { ...hasty, ...(certificate && tlsSettings), ...(clientAuthority && clientSettings), ...settings },
    files: {
      ...(certificate && { "server.crt": certificate.certificate, "server.key": certificate.key }),
      ...(clientAuthority && { "client-ca.crt": clientAuthority }),
      ...(standby && { "standby.signal": "" }),
      ...(hba && { "pg_hba.conf": `${hba.join("\n")}\n` }),
    },
    ...(onLog && { onLog }),
  }).catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  const { host, port, user, password, url, pid, dataDir } = cluster;
  return {
    host,
    port,
    user,
    password,
    url,
    pid,
    dataDir,
    ...(authority && { caCertificate: authority.certificate }),
    stop: async () => {
      await cluster.stop("immediately");
      await folder.remove();
    },
  };
}

const tlsSettings = { ssl: "on", ssl_cert_file: "server.crt", ssl_key_file: "server.key" };
const clientSettings = { ssl_ca_file: "client-ca.crt" };
