import { loginScript, passwordPlaceholder, quoteName, readGrantScopes, type ScriptLine } from "@headgate/core";

/** What the connection form holds already. */
export type TypedLogin = {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
};

export type LoginForm = {
  readonly role: "source" | "destination";
  readonly user: string;
  readonly database: string;
  readonly scopes: string;
  readonly later: boolean;
  readonly deletes: boolean;
};

export function loginForm(role: LoginForm["role"], { user, database }: TypedLogin): LoginForm {
  return { role, user: user || "headgate", database, scopes: "public", later: true, deletes: false };
}

/** The script's lines, or undefined while an answer is missing. */
export function loginLines(form: LoginForm): ScriptLine[] | undefined {
  const scopes = readGrantScopes(form.scopes);
  const nameless = [form.user, form.database].some((name) => name === "" || name.includes("\0"));
  if (!scopes || nameless) return undefined;
  return loginScript({ ...form, scopes, deletes: form.deletes && form.role === "destination" });
}

/** A ready message around the script; the password is theirs to choose. */
export function loginMessage(script: string, { user, database }: LoginForm, { host, port }: TypedLogin): string {
  const server = host === "" ? [] : [`  Server:   ${host}, port ${port}`];
  return [
    "Hello,",
    "",
    "I would like to connect Headgate to this PostgreSQL database and need a login of its own:",
    "",
    ...server,
    `  Database: ${database}`,
    `  User:     ${user}`,
    "",
    `Please put a password of your choice in place of ${passwordPlaceholder}, run this script in that database, and tell me the password by a safe way:`,
    "",
    script,
    "",
    "If the server keeps a list of addresses in pg_hba.conf, it also needs this line and a reload of the settings:",
    "",
    `hostssl  ${quoteName(database)}  ${quoteName(user)}  <address of Headgate>/32  scram-sha-256`,
    "SELECT pg_reload_conf();",
    "",
    "Thank you!",
  ].join("\n");
}
