import {
  databaseSignIns,
  entraCloudSchema,
  entraSettingsSchema,
  postgresAnswersSchema,
  postgresSecretsSchema,
  tlsModeSchema,
  type PostgresConnection,
  type PostgresSettings,
  type TypedConnection,
} from "@headgate/contract";
import { z } from "zod";
import { certificateSchema } from "./certificate-text.ts";
import type { PostgresSecretField } from "./secrets-in-use.ts";
import { suggestedTlsMode } from "./suggested-tls.ts";

const secretShapes = postgresSecretsSchema.shape;
const credentialSchema = entraSettingsSchema.shape.credential;

/**
 * The form has the shape of the answers, so that the server's field names are the form's. Only text may be blank: what
 * is not used is an empty text, and what of it counts is judged apart (`judge-connection.ts`).
 */
export const connectionFormSchema = z.object({
  signIn: z.enum(databaseSignIns),
  settings: postgresAnswersSchema.shape.settings.extend({
    caCertificate: certificateSchema(postgresAnswersSchema.shape.settings.shape.caCertificate),
    clientCertificate: certificateSchema(postgresAnswersSchema.shape.settings.shape.clientCertificate),
    entra: z.object({
      tenantId: z.string(),
      clientId: z.string(),
      cloud: entraCloudSchema,
      credential: credentialSchema,
    }),
    tunnelId: z.string(),
    /** JSON text: a form library takes the keys of an object for names of fields. */
    importedFrom: z.string(),
  }),
  secrets: z.object({
    password: secretShapes.password.unwrap(),
    clientKey: secretShapes.clientKey.unwrap(),
    clientKeyPassphrase: secretShapes.clientKeyPassphrase.unwrap(),
    entraSecret: secretShapes.entraSecret.unwrap(),
    entraCertificate: secretShapes.entraCertificate.unwrap(),
    entraCertificatePassword: secretShapes.entraCertificatePassword.unwrap(),
  }),
  /** A day, `2027-01-31`, or empty. */
  entraSecretExpires: z.string(),
  // Last, as in the form: the list of mistakes follows this order.
  name: postgresAnswersSchema.shape.name,
});

export type ConnectionForm = z.input<typeof connectionFormSchema>;
export type CheckedConnectionForm = z.output<typeof connectionFormSchema>;

export const noSecrets: Readonly<Record<PostgresSecretField, "">> = {
  password: "",
  clientKey: "",
  clientKeyPassphrase: "",
  entraSecret: "",
  entraCertificate: "",
  entraCertificatePassword: "",
};

/** What the form starts with: what was typed before, else the saved connection, else the usual port. */
export function connectionFormDefaults(typed: TypedConnection | undefined, saved?: PostgresConnection): ConnectionForm {
  const settings = saved?.settings;
  const host = typed?.host ?? settings?.host ?? "";
  const port = String(typed?.port ?? settings?.port ?? 5432);
  const signIn = typed?.signIn ?? (settings?.entra ? "entra" : "password");
  const suggested = suggestedTlsMode({ host, port, database: typed?.database ?? settings?.database }, signIn);
  return {
    signIn,
    name: typed?.name ?? saved?.name ?? "",
    settings: {
      host,
      port,
      database: typed?.database ?? settings?.database ?? "",
      user: typed?.user ?? settings?.user ?? "",
      tlsMode: tlsModeSchema.safeParse(typed?.tlsMode).data ?? settings?.tlsMode ?? suggested,
      caCertificate: typed?.caCertificate ?? settings?.caCertificate ?? "",
      clientCertificate: typed?.clientCertificate ?? settings?.clientCertificate ?? "",
      entra: entraDefaults(typed?.entra, settings?.entra),
      tunnelId: typed?.tunnelId ?? settings?.tunnelId ?? "",
      importedFrom: documentText(typed?.importedFrom ?? settings?.importedFrom),
    },
    secrets: { ...noSecrets },
    entraSecretExpires: "",
  };
}

function entraDefaults(typed: TypedConnection["entra"], saved: PostgresSettings["entra"]) {
  return {
    tenantId: typed?.tenantId ?? saved?.tenantId ?? "",
    clientId: typed?.clientId ?? saved?.clientId ?? "",
    cloud: entraCloudSchema.safeParse(typed?.cloud).data ?? saved?.cloud ?? "AzurePublic",
    credential: credentialSchema.safeParse(typed?.credential).data ?? saved?.credential ?? "secret",
  };
}

/** The form as a draft may keep it: nothing that is a secret, nor a text in which one was put by mistake. */
export function typedConnection({ name, signIn, settings }: ConnectionForm): TypedConnection {
  const { caCertificate, clientCertificate, entra, tunnelId, importedFrom, port, ...words } = settings;
  const document = documentOf(importedFrom);
  return {
    name,
    ...words,
    port: String(port),
    caCertificate: holdsKey(caCertificate) ? "" : caCertificate,
    clientCertificate: holdsKey(clientCertificate) ? "" : clientCertificate,
    signIn,
    entra,
    tunnelId,
    ...(document && { importedFrom: document }),
  };
}

function holdsKey(text: string): boolean {
  return text.includes("PRIVATE KEY-----");
}

type Document = NonNullable<PostgresSettings["importedFrom"]>;

export function documentText(document: Document | undefined): string {
  return document ? JSON.stringify(document) : "";
}

/** The imported document in its form text; undefined where there is none. */
export function documentOf(text: string): Document | undefined {
  return text === "" ? undefined : (JSON.parse(text) as Document);
}

/** The name offered for a new connection, for example `shop on db.example.com`; empty until both parts are typed. */
export function suggestedName(database: string, host: string): string {
  return database.trim() === "" || host.trim() === "" ? "" : `${database.trim()} on ${host.trim()}`.slice(0, 120);
}
