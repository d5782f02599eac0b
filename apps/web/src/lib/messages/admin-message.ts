import type { CheckCode, CheckFailure, PostgresSettings } from "@headgate/contract";
import { futureBlock } from "@headgate/core";

/** Writes a name the way PostgreSQL reads it back unchanged, whatever characters are in it. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

type Target = Pick<PostgresSettings, "host" | "port" | "database" | "user">;
type Help = {
  readonly ask: string;
  readonly lines?: (target: Target, facts: CheckFailure["facts"]) => readonly string[];
};

/** What the administrator of a database can do about a failed check, with the exact lines where there are any. */
const help: Partial<Record<CheckCode, Help>> = {
  host_unknown: { ask: "Which address can Headgate use to reach this database?" },
  network_unreachable: { ask: "Which address can Headgate use to reach this database from where it runs?" },
  port_closed: {
    ask: "Is PostgreSQL running, does it listen on this port, and does it accept calls from the network? Usually it takes this line and a restart:",
    lines: () => ["ALTER SYSTEM SET listen_addresses = '*';"],
  },
  port_silent: { ask: "Please let TCP connections from Headgate's machine through the firewall to this port." },
  not_postgres: { ask: "Does PostgreSQL itself answer on this port, or a proxy in front of it?" },
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
  pooler_user_unknown: { ask: "Please add this user to the pooler, or tell me the user name it expects." },
  server_full: {
    ask: "All connections of the server are in use. This shows by whom:",
    lines: () => ["SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1 ORDER BY 2 DESC;"],
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
  return [
    "Hello,",
    "",
    "I am connecting Headgate to this PostgreSQL database and got stuck:",
    "",
    `  Server:   ${target.host}, port ${target.port}`,
    `  Database: ${target.database}`,
    `  User:     ${target.user}`,
    "",
    found.ask,
    ...(lines.length > 0 ? ["", ...lines.map((line) => `  ${line}`)] : []),
    "",
    ...(failure.detail ? [`The server said: ${failure.detail}`, ""] : []),
    "Thank you!",
  ].join("\n");
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
