import type { ConnectionAttention, ExpiryKind, ExpiryWarning } from "@headgate/contract";
import { formatDay } from "../format/time.ts";
import { checkFailureCopy } from "../messages.ts";

type ExpiryCopy = {
  /** How it stands at the start of a sentence. */
  readonly what: string;
  readonly next: string;
};

/** Copy for everything whose last day is known. */
export const expiryMessages: Readonly<Record<ExpiryKind, ExpiryCopy>> = {
  server_certificate: {
    what: "The server's certificate",
    next: "Ask whoever runs the server to renew it. After its last day, connections that check it stop working.",
  },
  ca_certificate: {
    what: "The certificate of the authority",
    next: "Ask for the new one and add it to the details below. After the last day, the server is no longer trusted.",
  },
  client_certificate: {
    what: "The client certificate",
    next: "Ask for a new one with its key, then change it here. After its last day, the server lets nobody in with it.",
  },
  entra_certificate: {
    what: "The application's certificate",
    next: "Add a new one to the application in the Azure portal, then change it here. Both can be valid at the same time.",
  },
  entra_secret: {
    what: "The application's secret",
    next: "Make a new one in the Azure portal, then change it here. Both can be valid at the same time.",
  },
  password: {
    what: "The password of this user",
    next: "Ask whoever runs the database for a new password or a later last day, then change it here.",
  },
};

/** `The server's certificate ends in 5 days, on 26 Nov 2026` */
export function expiryTitle({ kind, on, daysLeft }: ExpiryWarning): string {
  const { what } = expiryMessages[kind];
  if (daysLeft < 0) return `${what} ended on ${formatDay(on)}`;
  if (daysLeft === 0) return `${what} ends today`;
  return daysLeft === 1 ? `${what} ends tomorrow` : `${what} ends in ${daysLeft} days, on ${formatDay(on)}`;
}

/** One reason in a few words, for lists. */
export function attentionTitle(reason: ConnectionAttention): string {
  switch (reason.reason) {
    case "secret_unreadable":
      return checkFailureCopy({ stage: "sign_in", code: "secret_unreadable", facts: {}, detail: "" }).title;
    case "check_failed":
      return checkFailureCopy({ stage: "sign_in", code: reason.code, facts: {}, detail: "" }).title;
    case "expiry":
      return expiryTitle(reason.warning);
  }
}
