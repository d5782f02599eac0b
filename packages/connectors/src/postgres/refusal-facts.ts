import type { CheckCode } from "@headgate/contract";

type Refusal = Error & { readonly routine?: string };
type Facts = Readonly<Record<string, string>>;

/** What a server's refusal tells besides its code; nothing where it does not. */
export function refusalFacts(code: CheckCode, refusal: Refusal): Facts {
  return reading[code]?.(refusal) ?? {};
}

const clientAddress = ({ message }: Refusal): Facts => {
  // The address under which the server sees us: `no pg_hba.conf entry for host "10.0.0.7"`.
  const found = message.match(/host "([0-9a-f.:]+)"/i)?.[1];
  return found ? { clientAddress: found } : {};
};

const reading: Partial<Record<CheckCode, (refusal: Refusal) => Facts>> = {
  address_not_admitted: clientAddress,
  tls_required: clientAddress,
  server_full: (refusal) => ({ limit: whoseLimit(refusal) }),
  server_starting: (refusal) => startingState(refusal),
};

/** Server, role and database each have a limit; the routine tells them apart in every language. */
function whoseLimit({ routine, message }: Refusal): string {
  if (routine === "InitializeSessionUserId" || /^too many connections for role/i.test(message)) return "role";
  if (routine === "CheckMyDatabase" || /^too many connections for database/i.test(message)) return "database";
  return /max_client_conn|max client|max clients|pool_size/i.test(message) ? "pooler" : "server";
}

/** One SQLSTATE, three states that last for different times. */
function startingState({ message }: Refusal): Facts {
  if (/shutting down/i.test(message)) return { state: "stopping" };
  if (/recovery|standby|consistent/i.test(message)) return { state: "recovering" };
  return /starting up/i.test(message) ? { state: "starting" } : {};
}
