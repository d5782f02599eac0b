import type { PostgresConnection, PostgresSecrets } from "@headgate/contract";
import type { ConnectionForm } from "./connection-form.ts";

export type PostgresSecretField = keyof PostgresSecrets;

type Used = Pick<ConnectionForm, "signIn"> & {
  readonly settings: Pick<ConnectionForm["settings"], "clientCertificate" | "entra">;
};

const hasCertificate = ({ settings }: Used): boolean => settings.clientCertificate.trim() !== "";
const entraBy =
  (credential: "secret" | "certificate") =>
  ({ signIn, settings }: Used): boolean =>
    signIn === "entra" && settings.entra.credential === credential;

/** When each secret is sent to anyone; the others are not asked for, and not kept. */
export const secretIsUsed: Readonly<Record<PostgresSecretField, (form: Used) => boolean>> = {
  password: ({ signIn }) => signIn === "password",
  clientKey: hasCertificate,
  clientKeyPassphrase: hasCertificate,
  entraSecret: entraBy("secret"),
  entraCertificate: entraBy("certificate"),
  entraCertificatePassword: entraBy("certificate"),
};

/** Keys and passphrases stay on this side of the line, so only these could be led elsewhere. */
const travelling = ["password", "entraSecret", "entraCertificate"] as const;
export type TravellingSecret = (typeof travelling)[number];

/**
 * R24: the stored secrets that have to be entered again, because they may not travel to another place, as another user
 * or less protected than they were meant to.
 */
export function secretsAskedAgain(
  saved: PostgresConnection | undefined,
  form: ConnectionForm,
): readonly TravellingSecret[] {
  if (!saved || !isMoved(saved, form)) return [];
  return travelling.filter((field) => saved.secrets[field].set && secretIsUsed[field](form));
}

function isMoved({ settings: before }: PostgresConnection, { settings, signIn }: ConnectionForm): boolean {
  const same =
    before.host === settings.host.trim() &&
    String(before.port) === String(settings.port).trim() &&
    before.user === settings.user &&
    before.tlsMode === settings.tlsMode &&
    (before.caCertificate ?? "") === (settings.caCertificate.trim() === "" ? "" : settings.caCertificate) &&
    (before.tunnelId ?? "") === settings.tunnelId;
  if (!same || (before.entra !== undefined) !== (signIn === "entra")) return true;
  if (!before.entra) return false;
  const { tenantId, clientId, cloud, credential } = settings.entra;
  return (
    before.entra.tenantId !== tenantId.trim() ||
    before.entra.clientId !== clientId.trim() ||
    before.entra.cloud !== cloud ||
    before.entra.credential !== credential
  );
}
