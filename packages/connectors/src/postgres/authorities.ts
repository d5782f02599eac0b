import type { PostgresTarget } from "@headgate/core";
import { badAuthority, readAuthorities } from "../net/ca-certificate.ts";
import { tlsModeRules, type Line } from "../net/tls-modes.ts";
import { StageFault } from "./session-fault.ts";

/** The authorities to check a line against, read before anything is sent; none where nothing is verified. */
export function authoritiesFor(target: PostgresTarget, line: Line): readonly string[] | undefined {
  if (line === "plain" || line.verify === "nothing") return undefined;
  try {
    const given = readAuthorities(target.caCertificate);
    if (given === undefined && "needsAuthority" in tlsModeRules[target.tlsMode]) {
      throw badAuthority("missing", "This mode needs the certificate of the authority to check against.");
    }
    return given;
  } catch (error) {
    throw new StageFault("tls", error);
  }
}
