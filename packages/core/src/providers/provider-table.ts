import type { TlsMode } from "@headgate/contract";

/** What a person has entered so far; the host is lower case. */
export type ServerEntered = {
  readonly host: string;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
};

export type ProviderRule = {
  readonly id: string;
  readonly name: string;
  readonly is: (server: ServerEntered) => boolean;
  /** The strongest mode that works without pasting a certificate. */
  readonly tlsMode: TlsMode;
  readonly tips: readonly { readonly when?: (server: ServerEntered) => boolean; readonly text: string }[];
};

const ownAuthority = (where: string): { readonly text: string } => ({
  text: `Its certificates come from an authority of its own. ${where} and paste it below, then choose the mode that checks the server's name.`,
});

const poolerPort = (port: number) => (server: ServerEntered) => server.port === port;
const transactionPooler =
  "This port leads to a connection pooler. Headgate works through it; for large tables the direct port is faster.";

/**
 * Providers by the names of their servers, in the order in which they are tried: Heroku's databases live under Amazon's
 * names. Ports and names are those of the providers' own guides.
 */
export const providerTable = [
  {
    id: "azure",
    name: "Azure Database for PostgreSQL",
    is: ({ host }) => /\.postgres(\.database|\.cosmos)?\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$/.test(host),
    tlsMode: "verify-full",
    tips: [
      { text: "Azure encrypts by default. Add this computer's address under Networking if the port does not answer." },
      { when: poolerPort(6432), text: transactionPooler },
      {
        when: ({ user }) => user?.includes("@") === true,
        text: "A user name with @server belonged to the retired Single Server. On a flexible server it is the name alone.",
      },
    ],
  },
  {
    id: "heroku",
    name: "Heroku Postgres",
    is: ({ host, database }) => host.endsWith(".amazonaws.com") && /^d[0-9a-z]{12,}$/.test(database ?? ""),
    tlsMode: "require",
    tips: [
      {
        text: "Heroku changes address and password from time to time. Attach a credential made for Headgate and watch for a failed run.",
      },
      {
        text: "Its certificates are self-signed, so only encryption can be asked for, unless Enhanced Certificates are on.",
      },
    ],
  },
  {
    id: "rds_proxy",
    name: "Amazon RDS Proxy",
    is: ({ host }) => /\.proxy-[a-z0-9]+\.[a-z0-9-]+\.rds\.amazonaws\.com(\.cn)?$/.test(host),
    tlsMode: "verify-full",
    tips: [
      { text: "A proxy can be reached from inside its own network (VPC) only. From elsewhere use an SSH tunnel." },
    ],
  },
  {
    id: "aurora",
    name: "Amazon Aurora",
    is: ({ host }) => /\.cluster-(ro-|custom-)?[a-z0-9]+\.[a-z0-9-]+\.rds\.amazonaws\.com(\.cn)?$/.test(host),
    tlsMode: "require",
    tips: [
      ownAuthority("Download Amazon's global-bundle.pem"),
      {
        when: ({ host }) => host.includes(".cluster-ro-"),
        text: "This is the reader address: good as a source, but nothing can be written through it.",
      },
    ],
  },
  {
    id: "rds",
    name: "Amazon RDS",
    is: ({ host }) => /\.rds\.amazonaws\.com(\.cn)?$/.test(host),
    tlsMode: "require",
    tips: [
      ownAuthority("Download Amazon's global-bundle.pem"),
      { text: "If the port does not answer, its security group has to admit this computer, or use an SSH tunnel." },
    ],
  },
  {
    id: "cloud_sql",
    name: "Google Cloud SQL",
    // People also paste the instance's connection name or the path of its socket.
    is: ({ host }) =>
      /\.sql(-psa|-psc)?\.goog$/.test(host) || /^(\/cloudsql\/)?([a-z0-9.-]+:){2}[a-z0-9-]+$/.test(host),
    tlsMode: "require",
    tips: [
      {
        when: ({ host }) => host.includes(":"),
        text: "This is the connection name. Enter the instance's IP address from its overview page instead.",
      },
      ownAuthority("Download server-ca.pem under Connections, Security"),
    ],
  },
  {
    id: "neon",
    name: "Neon",
    is: ({ host }) => host.endsWith(".neon.tech"),
    tlsMode: "verify-full",
    tips: [
      {
        when: ({ host }) => /^[^.]*-pooler\./.test(host),
        text: "This is the pooled address. Headgate works through it; for large tables leave out -pooler.",
      },
      { text: "A database that sleeps needs a moment to wake up; the first test may take longer." },
    ],
  },
  {
    id: "supabase",
    name: "Supabase",
    is: ({ host }) => /\.supabase\.(co|com|net)$/.test(host),
    tlsMode: "require",
    tips: [
      {
        when: ({ host }) => /^db\.[a-z0-9]+\.supabase\.co$/.test(host),
        text: "This address has IPv6 only, unless the project pays for IPv4. If it cannot be reached, use the session pooler: Connect, Session pooler, port 5432.",
      },
      {
        when: ({ host, user }) => host.includes(".pooler.") && user !== undefined && user !== "" && !user.includes("."),
        text: "Through the pooler the user name carries the project: postgres.abcdefghijklmnop.",
      },
      {
        when: (server) => poolerPort(6543)(server),
        text: "Port 6543 is the transaction pooler. Headgate works through it; port 5432 is better for large tables.",
      },
      ownAuthority("Download the certificate under Database, Settings, SSL"),
    ],
  },
  {
    id: "crunchy",
    name: "Crunchy Bridge",
    is: ({ host }) => host.endsWith(".postgresbridge.com"),
    tlsMode: "require",
    tips: [
      ownAuthority("Download the team's certificate from the dashboard"),
      {
        when: poolerPort(5431),
        text: "Port 5431 is PgBouncer; it needs the extension crunchy_pooler and refuses superusers. Port 5432 is direct.",
      },
    ],
  },
  {
    id: "aiven",
    name: "Aiven",
    is: ({ host }) => host.endsWith(".aivencloud.com"),
    tlsMode: "require",
    tips: [
      ownAuthority("Download the project's CA certificate from the service's overview"),
      { text: "Port and password stand on the same overview; the port differs from service to service." },
    ],
  },
  {
    id: "digitalocean",
    name: "DigitalOcean",
    is: ({ host }) => host.endsWith(".db.ondigitalocean.com"),
    tlsMode: "require",
    tips: [
      ownAuthority("Download the CA certificate under Connection Details"),
      {
        when: ({ port }) => port === 5432,
        text: "DigitalOcean's usual port is 25060; 25061 leads to its connection pools.",
      },
      { when: poolerPort(25061), text: transactionPooler },
      {
        when: ({ host }) => host.startsWith("private-"),
        text: "This is the private address: only machines in the same network (VPC) reach it.",
      },
    ],
  },
] as const satisfies readonly ProviderRule[];
