import type { Encryption } from "@headgate/contract";
import type { ReactElement } from "react";
import { FactList, type Fact } from "../../../ui/fact-list.tsx";
import { checkCopy, protocolName } from "./copy.ts";
import classes from "./encryption-facts.module.css";

/** What both sides really agreed on, in the words of the line and of the server's certificate. */
export function EncryptionFacts({ encryption }: { readonly encryption: Encryption }): ReactElement | null {
  if (!encryption.encrypted) return null;
  const { protocol, cipher, issuer, names, expires, verified } = encryption;
  const given: readonly (readonly [label: string, value: string | undefined])[] = [
    [checkCopy.protocol, protocol && protocolName(protocol)],
    [checkCopy.cipher, cipher],
    [checkCopy.identity, verified ? checkCopy.identityChecked : checkCopy.identityUnchecked],
    [checkCopy.issuer, issuer],
    [checkCopy.names, names],
    [checkCopy.expires, expires && formatDay(expires)],
  ];
  const facts: Fact[] = given.flatMap(([label, value]) => (value ? [{ label, value }] : []));
  return (
    <details className={classes.fold} open>
      <summary className={classes.summary}>{checkCopy.agreed}</summary>
      <FactList facts={facts} />
    </details>
  );
}

/** `2027-01-31` as `31 January 2027`; the day is the certificate's own, in UTC. */
function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(date);
}
