import type { RotationKind } from "@headgate/core";
import { countOf } from "../../../lib/format/numbers.ts";

type RotationCopy = {
  /** The dialog's title and the label of the button that opens it. */
  readonly title: string;
  readonly what: string;
};

export const rotationCopy: Readonly<Record<RotationKind, RotationCopy>> = {
  password: { title: "Change the password", what: "password" },
  client_key: { title: "Change the client certificate", what: "client certificate" },
  entra_secret: { title: "Change the application’s secret", what: "secret" },
  entra_certificate: { title: "Change the application’s certificate", what: "certificate" },
};

export const rotateCopy = {
  intro: (what: string): string =>
    `Headgate first tries the new ${what} with the whole test. Only when everything works does it take the place of the old one.`,
  submit: "Test and save",
  again: "Test again and save",
  stop: "Stop",
  cancel: "Cancel",
  done: "Done",
  running: "Trying it out…",
  stages: "The test with the new secret",
  stopped: "Stopped. Nothing was changed.",
  failed: (what: string): string => `The new ${what} was not saved. The old one is still in place.`,
  saved: (what: string): string => `The new ${what} works and is saved`,
  savedFor: (flows: number): string =>
    flows === 0 ? "No flow uses this connection yet." : `${countOf(flows, "flow")} will use it from the next run on.`,
  flows: (flows: number): string =>
    flows === 1
      ? "One flow uses this connection and gets it too:"
      : `These ${flows} flows use this connection and get it too:`,
  changed: "This connection was changed elsewhere in the meantime",
  changedNext: "Nothing was saved. Close this window, look at the details, and try again.",
  gone: "This connection was deleted in the meantime",
  password: "New password",
  passwordHint: "As it is set at the database. Headgate does not change it there.",
  clientCertificate: "New client certificate",
  clientCertificateHint: "The certificate first, then its chain, if there is one.",
  clientKey: "Its private key",
  clientKeyHint: "Stored encrypted, and never shown again.",
  passphrase: "Passphrase of the key",
  passphraseHint: "Only if the key is protected by one.",
  entraSecret: "New secret",
  entraSecretHint: "The secret’s value, not its id.",
  expires: "It ends on (optional)",
  expiresHint: "The portal shows the day when the secret is made. Headgate warns you before it.",
  entraCertificate: "New certificate with its private key",
  entraCertificateHint: "PEM text that holds both, or a .pfx file.",
  entraCertificatePassword: "Password of the file",
  entraCertificatePasswordHint: "Only if the file is protected by one.",
} as const;
