import type { CheckCode, CheckFailure, PostgresSettings } from "@headgate/contract";
import { futureBlock } from "@headgate/core";

/** Writes a name the way PostgreSQL reads it back unchanged, whatever characters are in it. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

type Target = Pick<PostgresSettings, "host" | "port" | "database" | "user">;
type Help = {
  readonly ask: string | ((facts: CheckFailure["facts"]) => string);
  readonly lines?: (target: Target, facts: CheckFailure["facts"]) => readonly string[];
};

/** What the administrator of a database can do about a failed check, with the exact lines where there are any. */
const help: Partial<Record<CheckCode, Help>> = {
  host_unknown: { ask: "Which address can Headgate use to reach this database?" },
  address_denied: {
    ask: "This Headgate is not allowed to connect to that address. If it is meant to be, please allow it where Headgate runs, and restart it:",
    lines: ({ host }) => [`HEADGATE_EGRESS_ALLOW=${host}`],
  },
  ipv6_only: {
    ask: "This server has only IPv6 addresses. Which address can Headgate use over IPv4, a pooler's perhaps?",
  },
  network_unreachable: { ask: "Which address can Headgate use to reach this database from where it runs?" },
  port_closed: {
    ask: "Is PostgreSQL running, does it listen on this port, and does it accept calls from the network? Usually it takes this line and a restart:",
    lines: () => ["ALTER SYSTEM SET listen_addresses = '*';"],
  },
  port_silent: {
    ask: ({ ourAddress }) =>
      `Please let TCP connections from ${callerOf(ourAddress)} through the firewall to this port. Behind a router it may show another address to you.`,
  },
  not_postgres: { ask: "Does PostgreSQL itself answer on this port, or a proxy in front of it?" },
  tls_only_port: {
    ask: "On this port somebody expects TLS from the first byte on. Which port speaks PostgreSQL's own protocol?",
  },
  line_cut: {
    ask: "Does PostgreSQL itself answer on this port, or a proxy in front of it? Was it restarted just now?",
  },
  tls_not_offered: {
    ask: "Please switch on encryption. With a certificate in place it takes:",
    lines: () => ["ALTER SYSTEM SET ssl = on;", "SELECT pg_reload_conf();"],
  },
  tls_unknown_issuer: { ask: "Please send me the certificate (.pem) of the authority that issued the server's own." },
  tls_chain_incomplete: {
    ask: "The server sends its certificate without those in between. Please append them to the file named by ssl_cert_file, or send me the authority's certificate (.pem).",
  },
  tls_wrong_name: { ask: "Which name should I use so that it matches the server's certificate?" },
  tls_expired: { ask: "The server's certificate has run out. Please renew it." },
  password_wrong: {
    ask: "Does this user exist, may it sign in, and has its password not run out? A new password can be set with:",
    lines: ({ user }) => [`\\password ${quoteIdentifier(user)}`],
  },
  login_not_allowed: {
    ask: "Please let this user sign in, or give me another one:",
    lines: ({ user }) => [`ALTER ROLE ${quoteIdentifier(user)} LOGIN;`],
  },
  address_not_admitted: {
    ask: "Please add this line to pg_hba.conf and reload the settings:",
    lines: (target, facts) => [hbaLine(target, facts.clientAddress), "SELECT pg_reload_conf();"],
  },
  pooler_no_server: {
    ask: "The connection pooler lets me in, but finds no database server. Does the server behind it run, and is its pool large enough?",
  },
  server_starting: { ask: "The database takes no connections just now. Is it starting, stopping or recovering?" },
  pooler_user_unknown: { ask: "Please add this user to the pooler, or tell me the user name it expects." },
  server_full: {
    ask: ({ limit }) => fullAsk[limit ?? ""] ?? "All connections of the server are in use. This shows by whom:",
    lines: ({ user, database }, { limit }) => [
      ...(limit === "role" ? [`ALTER ROLE ${quoteIdentifier(user)} CONNECTION LIMIT 20;`] : []),
      ...(limit === "database" ? [`ALTER DATABASE ${quoteIdentifier(database)} CONNECTION LIMIT 100;`] : []),
      "SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1 ORDER BY 2 DESC;",
    ],
  },
  write_forbidden: {
    ask: "Please allow this user to write. To let it create its own tables and keep Headgate's small notes table, it takes:",
    lines: ({ database, user }, { schema }) => [
      `GRANT CREATE, TEMPORARY ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)};`,
      `GRANT USAGE, CREATE ON SCHEMA ${quoteIdentifier(schema || "public")} TO ${quoteIdentifier(user)};`,
    ],
  },
  ssh_auth_refused: { ask: "Is this SSH user right, and does its authorized_keys file hold Headgate's public key?" },
  ssh_forward_refused: {
    ask: "The SSH server lets me in but does not lead on to the database. Please allow port forwarding to it (AllowTcpForwarding, PermitOpen). On the SSH server this shows whether the database answers:",
    lines: ({ host, port }) => [`nc -vz ${host} ${port}`],
  },
  ssh_host_key_changed: {
    ask: "The SSH server shows another host key than before. Was it reinstalled? This shows its fingerprint:",
    lines: (_target, { sshHost = "" }) => [`ssh-keyscan ${sshHost} | ssh-keygen -lf -`],
  },
  entra_user_unknown: {
    ask: "Please add the application as an Entra user of this database server, signed in as its Entra administrator:",
    lines: ({ user }) => [`SELECT * FROM pgaadauth_create_principal('${user.replaceAll("'", "''")}', false, false);`],
  },
  database_unknown: {
    ask: "What is the exact name of the database? This lists them:",
    lines: () => ["SELECT datname FROM pg_database WHERE NOT datistemplate;"],
  },
  database_closed: {
    ask: "Please open this database for connections:",
    lines: ({ database }) => [`ALTER DATABASE ${quoteIdentifier(database)} ALLOW_CONNECTIONS true;`],
  },
  database_forbidden: {
    ask: "Please allow this user to connect and to read:",
    lines: (target, facts) => [connectGrant(target), ...readGrants(target, facts.schema)],
  },
  schema_forbidden: {
    ask: "Please allow this user to read:",
    lines: (target, facts) => readGrants(target, facts.schema),
  },
  no_tables: {
    ask: "Please allow this user to read the tables:",
    lines: (target, facts) => readGrants(target, facts.schema),
  },
  table_forbidden: {
    ask: "Please allow this user to read:",
    lines: (target, facts) => readGrants(target, facts.schema),
  },
};

/** A ready message for whoever runs the database, or undefined where they cannot help. Never holds a secret. */
export function adminMessage(failure: CheckFailure, target: Target): string | undefined {
  const found = help[failure.code];
  if (!found) return undefined;
  const lines = found.lines?.(target, failure.facts) ?? [];
  const ask = typeof found.ask === "string" ? found.ask : found.ask(failure.facts);
  return [
    "Hello,",
    "",
    "I am connecting Headgate to this PostgreSQL database and got stuck:",
    "",
    `  Server:   ${target.host}, port ${target.port}`,
    `  Database: ${target.database}`,
    `  User:     ${target.user}`,
    "",
    ask,
    ...(lines.length > 0 ? ["", ...lines.map((line) => `  ${line}`)] : []),
    "",
    ...(failure.detail ? [`In technical words: ${failure.detail}`, ""] : []),
    "Thank you!",
  ].join("\n");
}

const fullAsk: Readonly<Record<string, string>> = {
  role: "This user may have too few connections at a time. This shows who has them, and the first line allows more:",
  database:
    "This database takes too few connections at a time. The first line allows more, the second shows who has them:",
  pooler:
    "The connection pooler has no free place. Please raise max_client_conn. At the server this shows who is connected:",
};

/** An address that others can meet, or words. */
function callerOf(ourAddress = ""): string {
  return ourAddress === "" || /^(127\.|::1$)/.test(ourAddress) ? "Headgate's machine" : ourAddress;
}

function connectGrant({ database, user }: Target): string {
  return `GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)};`;
}

function readGrants({ user }: Target, schemaFact: string | undefined): readonly string[] {
  const name = schemaFact || "public";
  const schema = quoteIdentifier(name);
  const role = quoteIdentifier(user);
  return [
    `GRANT USAGE ON SCHEMA ${schema} TO ${role};`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role};`,
    ...futureBlock(name, user, ["SELECT ON TABLES"]).sql.split("\n"),
  ];
}

function hbaLine({ database, user }: Target, clientAddress: string | undefined): string {
  const bits = clientAddress?.includes(":") ? "/128" : "/32";
  const from = clientAddress ? clientAddress + bits : "<address of Headgate>/32";
  return `hostssl  ${quoteIdentifier(database)}  ${quoteIdentifier(user)}  ${from}  scram-sha-256`;
}
