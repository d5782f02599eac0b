import type { TlsMode } from "@headgate/contract";
import type { ConnectionFields } from "./fields-from-pairs.ts";
import type { ConnectionTextStyle } from "./parse-connection-text.ts";

/** Writes fields as a connection text of one style, such that reading it gives the same fields. */
export function writeConnectionText(style: ConnectionTextStyle, fields: ConnectionFields): string {
  return writers[style](fields);
}

const writers: Readonly<Record<ConnectionTextStyle, (fields: ConnectionFields) => string>> = {
  uri: (fields) => writeUri("postgresql", fields),
  sqlalchemy: (fields) => writeUri("postgresql+psycopg", fields),
  jdbc: writeJdbc,
  keywords: writeKeywords,
  psql: writePsql,
  ado: (fields) => writeSemicolons(fields, adoNames, encryptionMethods),
  adf: (fields) => writeSemicolons(fields, adfNames, encryptionMethods),
  npgsql: (fields) => writeSemicolons(fields, npgsqlNames, npgsqlModes),
};

type Names = Partial<Record<keyof ConnectionFields, string>>;

/** The given fields under the names of a style, in the order of the names. */
function named(fields: ConnectionFields, names: Names): { name: string; value: string }[] {
  return (Object.keys(names) as (keyof ConnectionFields)[]).flatMap((field) => {
    const value = fields[field];
    return value === undefined ? [] : [{ name: names[field] ?? field, value: String(value) }];
  });
}

function writeServer({ host = "", port }: ConnectionFields): string {
  return `${host.includes(":") ? `[${host}]` : encodeURIComponent(host)}${port === undefined ? "" : `:${port}`}`;
}

function writeUri(scheme: string, fields: ConnectionFields): string {
  const { user, password, database, tlsMode } = fields;
  const secret = password === undefined ? "" : `:${encodeURIComponent(password)}`;
  const userInfo = user === undefined && !secret ? "" : `${encodeURIComponent(user ?? "")}${secret}@`;
  const mode = tlsMode === undefined ? "" : `?sslmode=${tlsMode}`;
  return `${scheme}://${userInfo}${writeServer(fields)}/${encodeURIComponent(database ?? "")}${mode}`;
}

function writeJdbc(fields: ConnectionFields): string {
  const parts = named(fields, { user: "user", password: "password", tlsMode: "sslmode" });
  const query = parts.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("&");
  const server = `jdbc:postgresql://${writeServer(fields)}/${encodeURIComponent(fields.database ?? "")}`;
  return query ? `${server}?${query}` : server;
}

function writeKeywords(fields: ConnectionFields): string {
  const names = {
    host: "host",
    port: "port",
    database: "dbname",
    user: "user",
    password: "password",
    tlsMode: "sslmode",
  };
  const quoted = (value: string): string => `'${value.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  return named(fields, names)
    .map(({ name, value }) => `${name}=${quoted(value)}`)
    .join(" ");
}

function writePsql(fields: ConnectionFields): string {
  const quoted = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;
  // psql takes a -d that looks like a connection string for one.
  const database = /=|:\/\//.test(fields.database ?? "") ? { database: "PGDATABASE" } : {};
  const variables = named(fields, { password: "PGPASSWORD", tlsMode: "PGSSLMODE", ...database });
  const options = named(fields, {
    host: "-h",
    port: "-p",
    user: "-U",
    ...("database" in database ? {} : { database: "-d" }),
  });
  return [
    ...variables.map(({ name, value }) => `${name}=${quoted(value)}`),
    "psql",
    ...options.map(({ name, value }) => `${name} ${quoted(value)}`),
  ].join(" ");
}

const adoNames = { host: "Server", database: "Database", port: "Port", user: "UID", password: "Password" } as const;
const adfNames = { host: "host", database: "database", port: "port", user: "uid", password: "password" } as const;
const npgsqlNames = {
  host: "Host",
  port: "Port",
  database: "Database",
  user: "Username",
  password: "Password",
} as const;

function writeSemicolons(fields: ConnectionFields, names: Names, tls: Readonly<Record<TlsMode, string>>): string {
  const quoted = (value: string): string =>
    /^\s|\s$|[;"']|^$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const pairs = named(fields, names).map(({ name, value }) => `${name}=${quoted(value)}`);
  return [...pairs, ...(fields.tlsMode ? [tls[fields.tlsMode]] : [])].join(";");
}

/** Has no word for `verify-ca`, which becomes the stricter `verify-full`, nor for `allow`. */
const encryptionMethods: Readonly<Record<TlsMode, string>> = {
  disable: "EncryptionMethod=0",
  allow: "EncryptionMethod=6",
  prefer: "EncryptionMethod=6",
  require: "EncryptionMethod=1;ValidateServerCertificate=0",
  "verify-ca": "EncryptionMethod=1;ValidateServerCertificate=1",
  "verify-full": "EncryptionMethod=1;ValidateServerCertificate=1",
};

const npgsqlModes: Readonly<Record<TlsMode, string>> = {
  disable: "SSL Mode=Disable",
  allow: "SSL Mode=Allow",
  prefer: "SSL Mode=Prefer",
  require: "SSL Mode=Require",
  "verify-ca": "SSL Mode=VerifyCA",
  "verify-full": "SSL Mode=VerifyFull",
};
