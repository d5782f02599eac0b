import type { EntraSettings } from "@headgate/contract";
import type { ConnectionFields } from "../connection-text/fields-from-pairs.ts";

export type JsonObject = { readonly [key: string]: unknown };

/** The secrets an imported document can hold besides the password. */
export type EntraSecrets = {
  readonly entraSecret?: string;
  readonly entraCertificate?: string;
  readonly entraCertificatePassword?: string;
};

/** A secret the document does not hold itself; `sentence` says why and where it may be found. */
export type SecretAsked = { readonly field: "password" | keyof EntraSecrets; readonly sentence: string };

/** What a document of another system gives for the connection form. */
export type Imported = {
  readonly name?: string;
  readonly fields: ConnectionFields;
  /** Sign-in with an Entra application; what the document leaves out is absent. */
  readonly entra?: Partial<EntraSettings>;
  readonly entraSecrets: EntraSecrets;
  readonly asks: readonly SecretAsked[];
  /** Whole sentences about what was not used or still has to be chosen. */
  readonly notes: readonly string[];
  /** The whole document without anything secret, for the way back. */
  readonly document: JsonObject;
};

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key, or an empty one. */
export function objectAt(from: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(from, key) ? from[key] : undefined;
  return isObject(value) ? value : {};
}

/** A word of the document as it may be shown: cut, and without control characters. */
export function shownWord(word: unknown): string {
  return String(word).replaceAll(/\p{C}/gu, "").slice(0, 60);
}
