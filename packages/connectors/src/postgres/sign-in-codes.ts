import type { CheckCode, CheckStage } from "@headgate/contract";

type Refusal = Error & { readonly routine?: string };

/** Words of poolers and of `pg`, which have no code of their own. First match wins. */
const words: readonly (readonly [RegExp, CheckCode])[] = [
  [/unsupported startup parameter/i, "pooler_parameter"],
  [/tenant or user not found|no such user/i, "pooler_user_unknown"],
  [/no such database|^database ".*" does not exist/i, "database_unknown"],
  [/(password|SASL) authentication failed/i, "password_wrong"],
  [/no more connections allowed|max clients? (reached|connections)/i, "server_full"],
  [/query_wait_timeout|server_login_retry|server login (has been )?fail|connect failed/i, "pooler_no_server"],
  [/^Connection terminated/, "line_cut"],
  [/^received invalid response|^Unknown authenticationOk/, "not_postgres"],
  [/^SASL: .*(password must be)/, "password_missing"],
  [/^SASL: /, "password_unsafe"],
];

/** Codes that only mean what they mean while signing in. */
export function signInCode(refusal: Refusal, state: string, stage: CheckStage): CheckCode | undefined {
  if (state === "28P01") return "password_wrong";
  if (state === "28000") return notAdmitted(refusal);
  const spoken = state === "" || state === "08P01" || state === "XX000" || state === "08004";
  // A pooler lets people in by itself and says only later what is wrong behind it, always with the same code.
  const early = stage === "tls" || stage === "sign_in" || stage === "database" || state === "";
  return spoken && (early || state === "08P01")
    ? words.find(([pattern]) => pattern.test(refusal.message))?.[1]
    : undefined;
}

/** The encrypted line ends at somebody else than the server we prove the password to (R53). */
export function isBindingFault(message: string): boolean {
  return /channel binding/i.test(message);
}

/** 28000 has three causes; the server's routine tells two apart in every language, the third only its words. */
function notAdmitted({ message, routine }: Refusal): CheckCode {
  if (isBindingFault(message)) return "tls_failed";
  if (/client certificate|certificate authentication failed/i.test(message)) return "tls_client_required";
  if (/not permitted to log in/i.test(message)) return "login_not_allowed";
  if (/no encryption|SSL off/i.test(message)) return "tls_required";
  if (routine === "ClientAuthentication" || /pg_hba/i.test(message)) return "address_not_admitted";
  if (/does not exist/i.test(message)) return "password_wrong";
  return "login_not_allowed";
}
