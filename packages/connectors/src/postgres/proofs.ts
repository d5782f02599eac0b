import type { PostgresTarget } from "@headgate/core";
import { badAuthority, readAuthorities } from "../net/ca-certificate.ts";
import { readClientIdentity } from "../net/client-identity.ts";
import type { LineOptions } from "../net/open-line.ts";
import { tlsModeRules, type Line } from "../net/tls-modes.ts";
import { StageFault } from "./session-fault.ts";

/** What the server is checked against, and what it is shown. Material that cannot be used is a fault of that stage. */
export function proofsFor(target: PostgresTarget, line: Line): Pick<LineOptions, "authorities" | "identity"> {
  if (line === "plain") return { authorities: undefined, identity: undefined };
  try {
    const authorities = line.verify === "nothing" ? undefined : readAuthorities(target.caCertificate);
    if (line.verify !== "nothing" && authorities === undefined && "needsAuthority" in tlsModeRules[target.tlsMode]) {
      throw badAuthority("missing", "This mode needs the certificate of the authority to check against.");
    }
    return { authorities, identity: readClientIdentity(target) };
  } catch (error) {
    throw new StageFault("tls", error);
  }
}
