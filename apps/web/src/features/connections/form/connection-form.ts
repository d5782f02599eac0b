import {
  connectionAnswersSchema,
  tlsModeSchema,
  type Connection,
  type ConnectionAnswers,
  type TypedConnection,
} from "@headgate/contract";
import { z } from "zod";
import { defaultTlsMode } from "./tls-choices.ts";

const blankIsAbsent = (text: string): string | undefined => (text.trim() === "" ? undefined : text);

/** The form has the shape of the answers, so that the server's field names are the form's; only text may be blank. */
export const connectionFormSchema = z.object({
  settings: connectionAnswersSchema.shape.settings.extend({
    caCertificate: z
      .string()
      .max(1_000_000, { error: "A certificate file has at most 1 MB." })
      .refine((pem) => pem.trim() === "" || pem.includes("-----BEGIN CERTIFICATE-----"), {
        error: "Paste the whole certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
      }),
  }),
  secrets: z.object({ password: connectionAnswersSchema.shape.secrets.shape.password.unwrap() }),
  // Last, as in the form: the list of mistakes follows this order.
  name: connectionAnswersSchema.shape.name,
});

export type ConnectionForm = z.input<typeof connectionFormSchema>;
export type CheckedConnectionForm = z.output<typeof connectionFormSchema>;

/** What the form starts with: what was typed before, else the saved connection, else the usual port. */
export function connectionFormDefaults(typed: TypedConnection | undefined, saved?: Connection): ConnectionForm {
  const settings = saved?.settings;
  const host = typed?.host ?? settings?.host ?? "";
  return {
    name: typed?.name ?? saved?.name ?? "",
    settings: {
      host,
      port: String(typed?.port ?? settings?.port ?? 5432),
      database: typed?.database ?? settings?.database ?? "",
      user: typed?.user ?? settings?.user ?? "",
      tlsMode: tlsModeSchema.safeParse(typed?.tlsMode).data ?? settings?.tlsMode ?? defaultTlsMode(host),
      caCertificate: typed?.caCertificate ?? settings?.caCertificate ?? "",
    },
    secrets: { password: "" },
  };
}

/** The form as a draft may keep it: everything but the password. */
export function typedConnection({ name, settings }: ConnectionForm): TypedConnection {
  return { name, ...settings, port: String(settings.port), caCertificate: settings.caCertificate };
}

/** The checked form as the server wants it. An empty password is left out where one is already stored. */
export function connectionAnswers(form: CheckedConnectionForm, passwordIsStored: boolean): ConnectionAnswers {
  const { caCertificate, ...settings } = form.settings;
  const certificate = blankIsAbsent(caCertificate);
  const keep = form.secrets.password === "" && passwordIsStored;
  return {
    name: form.name,
    settings: { ...settings, ...(certificate === undefined ? {} : { caCertificate: certificate }) },
    secrets: keep || form.secrets.password === "" ? {} : { password: form.secrets.password },
  };
}

/** R24: a stored password may not travel to another place, as another user or less protected than it was meant to. */
export function asksForPasswordAgain(saved: Connection, { settings }: ConnectionForm): boolean {
  if (!saved.secrets.password.set) return false;
  const before = saved.settings;
  return (
    before.host !== settings.host.trim() ||
    String(before.port) !== String(settings.port).trim() ||
    before.user !== settings.user ||
    before.tlsMode !== settings.tlsMode ||
    before.caCertificate !== blankIsAbsent(settings.caCertificate)
  );
}

/** The name offered for a new connection, for example `shop on db.example.com`; empty until both parts are typed. */
export function suggestedName(database: string, host: string): string {
  return database.trim() === "" || host.trim() === "" ? "" : `${database.trim()} on ${host.trim()}`.slice(0, 120);
}
