import type { DatabaseSignIn } from "@headgate/contract";
import type { Pasted, SecretAsked } from "@headgate/core";
import { documentText, noSecrets, type ConnectionForm } from "../connection-form.ts";
import { formCopy } from "../copy.ts";
import { fieldLabels, type LabelledField } from "../field-labels.ts";

type Parsed = Extract<Pasted, { status: "parsed" }>;

/** What a person still has to enter, and where it may be found, by secret. */
export type Asks = Partial<Record<SecretAsked["field"], string>>;

export type Filling = {
  readonly values: ConnectionForm;
  /** The fields that were given, in the order of the form. */
  readonly names: readonly LabelledField[];
  readonly asks: Asks;
  readonly notes: readonly string[];
  readonly tlsGiven: boolean;
};

/** The contract keeps no longer one. */
const mostDocumentCharacters = 100_000;

/**
 * The form with everything a pasted text knows; what it does not know stays. A secret typed for one server is never
 * led to another: with another server address, those the text does not hold are emptied.
 */
export function fillFromPasted(form: ConnectionForm, pasted: Parsed, keepName: boolean): Filling {
  const { fields, entra = {}, entraSecrets, document } = pasted;
  const { password, ...open } = fields;
  const elsewhere = fields.host !== undefined && fields.host !== form.settings.host.trim();
  const base = elsewhere || document ? { ...form.secrets, ...withoutSignIn } : form.secrets;
  const imported = document && documentText(document);
  const tooLong = (imported?.length ?? 0) > mostDocumentCharacters;
  const kept = elsewhere || document ? "" : form.settings.importedFrom;
  const name = keepName ? undefined : pasted.name;
  const values: ConnectionForm = {
    signIn: signInOf(form, pasted),
    name: name ?? form.name,
    settings: {
      ...form.settings,
      ...(elsewhere && { port: "5432" }),
      ...open,
      ...(fields.port !== undefined && { port: String(fields.port) }),
      entra: { ...form.settings.entra, ...entra },
      importedFrom: tooLong ? "" : (imported ?? kept),
    },
    secrets: { ...base, ...(password !== undefined && { password }), ...entraSecrets },
    entraSecretExpires: "",
  };
  const given = new Set([
    ...Object.keys(open).map((key) => `settings.${key}`),
    ...(password === undefined ? [] : ["secrets.password"]),
    ...(pasted.entra ? ["signIn"] : []),
    ...Object.keys(entra).map((key) => `settings.entra.${key}`),
    ...Object.keys(entraSecrets).map((key) => `secrets.${key}`),
    ...(name === undefined ? [] : ["name"]),
  ]);
  return {
    values,
    names: (Object.keys(fieldLabels) as LabelledField[]).filter((field) => given.has(field)),
    asks: Object.fromEntries(pasted.asks.map(({ field, sentence }) => [field, sentence])),
    notes: tooLong ? [...pasted.notes, formCopy.definitionTooLong] : pasted.notes,
    tlsGiven: fields.tlsMode !== undefined,
  };
}

const { password, entraSecret, entraCertificate, entraCertificatePassword } = noSecrets;
const withoutSignIn = { password, entraSecret, entraCertificate, entraCertificatePassword };

/** A whole definition says how to sign in; a string says so only by its password. */
function signInOf(form: ConnectionForm, { document, entra, fields }: Parsed): DatabaseSignIn {
  if (document) return entra ? "entra" : "password";
  return fields.password === undefined ? form.signIn : "password";
}
