import type { PostgresTarget } from "@headgate/core";
import { badAuthority, readAuthorities } from "../net/ca-certificate.ts";
import { readClientIdentity } from "../net/client-identity.ts";
import type { Proofs } from "../net/open-line.ts";
import { linesFor, tlsModeRules, type Line } from "../net/tls-modes.ts";

/** A line to try, with what the server on it is checked against and shown. */
export type ProvenLine = { readonly line: Line; readonly proofs: Proofs };

/** The lines of a target in the order in which they are tried. Throws `TlsRefusal` for material that cannot be used. */
export function provenLines(target: PostgresTarget): readonly ProvenLine[] {
  const lines = linesFor(target.tlsMode, Boolean(target.caCertificate?.trim()));
  return lines.map((line) => ({ line, proofs: proofsFor(target, line) }));
}

function proofsFor(target: PostgresTarget, line: Line): Proofs {
  if (line === "plain") return { authorities: undefined, identity: undefined };
  const authorities = line.verify === "nothing" ? undefined : readAuthorities(target.caCertificate);
  if (line.verify !== "nothing" && authorities === undefined && "needsAuthority" in tlsModeRules[target.tlsMode]) {
    throw badAuthority("missing", "This mode needs the certificate of the authority to check against.");
  }
  return { authorities, identity: readClientIdentity(target) };
}
