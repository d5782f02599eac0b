import {
  connectionNameSchema,
  destinationSchemas,
  type DestinationKind,
  type EventsSecrets,
  type EventsSettings,
  type FilesSecrets,
  type FilesSettings,
  type StoredSecret,
  type WebhookSecrets,
  type WebhookSettings,
} from "@headgate/contract";
import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, Resolver } from "react-hook-form";
import { kindsCopy } from "./copy.ts";

export type KindSettings = { events: EventsSettings; webhook: WebhookSettings; files: FilesSettings };
export type KindSecrets = { events: EventsSecrets; webhook: WebhookSecrets; files: FilesSecrets };

/** A connection to one kind of destination as a form knows it: everything typed is text, secrets begin empty. */
export type KindForm = {
  readonly name: string;
  readonly settings: object;
  readonly secrets: Readonly<Record<string, string>>;
  /** Stored secrets that are to be thrown away. */
  readonly dropped: Readonly<Record<string, boolean>>;
};

export type KindAnswers<K extends DestinationKind> = {
  readonly kind: K;
  readonly name: string;
  readonly settings: KindSettings[K];
  readonly secrets: KindSecrets[K];
};

/** What is saved already, as far as anybody may see it. */
export type StoredKind<K extends DestinationKind> = {
  readonly name: string;
  readonly settings: KindSettings[K];
  readonly secrets: Readonly<Record<keyof KindSecrets[K], StoredSecret>>;
};

/** How the form of one kind is filled and read. */
export type KindRules<K extends DestinationKind, F extends KindForm> = {
  readonly kind: K;
  readonly defaults: (settings: KindSettings[K] | undefined) => Omit<F, "name">;
  /** The typed settings as the contract judges them: blanks left out, numbers made of text. */
  readonly settingsOf: (settings: F["settings"]) => unknown;
  /** Where rows go by these settings; another place must be told the secrets again (R24). */
  readonly placeOf: (settings: F["settings"]) => string;
  /** The secrets that are sent at all by these settings; what is stored of others is thrown away. */
  readonly counting: (settings: F["settings"]) => readonly (keyof KindSecrets[K] & string)[];
  /** Secrets without which nothing works, each with the sentence that asks for it. */
  readonly needed: Readonly<Partial<Record<keyof KindSecrets[K], string>>>;
  /** The name offered while none is typed; empty while too little is known. */
  readonly nameFor: (settings: F["settings"]) => string;
};

const secretAgain = `${kindsCopy.secretAgain} Enter it again.`;

type Stored = Readonly<Record<string, StoredSecret>>;

/** The stored secrets that have to be entered again, because the place they were meant for has changed. */
export function secretsAskedAgain<K extends DestinationKind, F extends KindForm>(
  rules: KindRules<K, F>,
  stored: StoredKind<K> | undefined,
  { settings }: Pick<F, "settings">,
): readonly string[] {
  if (!stored || rules.placeOf(rules.defaults(stored.settings).settings) === rules.placeOf(settings)) return [];
  const known: Stored = stored.secrets;
  return rules.counting(settings).filter((field) => known[field]?.set);
}

/** Judges a form by the contract's own schemas and hands on what is to be saved. */
export function kindResolver<K extends DestinationKind, F extends KindForm>(
  rules: KindRules<K, F>,
  stored: StoredKind<K> | undefined,
): Resolver<F, unknown, KindAnswers<K>> {
  return (form, _context, options) => {
    const { settings, secrets } = destinationSchemas[rules.kind];
    const judged = settings.safeParse(rules.settingsOf(form.settings));
    const entered = secretsOf(rules, stored, form);
    const kept = secrets.safeParse(entered);
    const name = connectionNameSchema.safeParse(form.name);
    const faults = [
      ...(judged.error?.issues ?? []).map(({ path, message }) => ({ at: ["settings", ...path], message })),
      ...(kept.error?.issues ?? []).map(({ path, message }) => ({ at: ["secrets", ...path], message })),
      ...missingSecrets(rules, stored, form).map(({ field, message }) => ({ at: ["secrets", field], message })),
      ...(name.error?.issues ?? []).map(({ message }) => ({ at: ["name"], message })),
    ];
    if (judged.success && kept.success && name.success && faults.length === 0) {
      const answers = { kind: rules.kind, name: name.data, settings: judged.data, secrets: kept.data };
      return { values: answers as unknown as KindAnswers<K>, errors: {} };
    }
    // The first fault of a field is the one to read.
    const errors = Object.fromEntries(
      faults.toReversed().map(({ at, message }) => [at.join("."), { type: "rule", message }]),
    );
    return { values: {}, errors: toNestErrors(errors as FieldErrors<F>, options) };
  };
}

/** What is typed replaces what is stored; an empty text throws it away, and what is absent is kept. */
function secretsOf<K extends DestinationKind, F extends KindForm>(
  rules: KindRules<K, F>,
  stored: StoredKind<K> | undefined,
  form: F,
): Readonly<Record<string, string>> {
  const known: Stored = stored?.secrets ?? {};
  const counting: readonly string[] = rules.counting(form.settings);
  return Object.fromEntries(
    Object.entries(form.secrets).flatMap(([field, typed]) => {
      const counts = counting.includes(field);
      if (counts && typed !== "") return [[field, typed] as const];
      return known[field]?.set && (!counts || form.dropped[field]) ? [[field, ""] as const] : [];
    }),
  );
}

function missingSecrets<K extends DestinationKind, F extends KindForm>(
  rules: KindRules<K, F>,
  stored: StoredKind<K> | undefined,
  form: F,
): { readonly field: string; readonly message: string }[] {
  const again = secretsAskedAgain(rules, stored, form);
  const known: Stored = stored?.secrets ?? {};
  return rules.counting(form.settings).flatMap((field) => {
    if (form.secrets[field]) return [];
    if (again.includes(field) && !form.dropped[field]) return [{ field, message: secretAgain }];
    const message = rules.needed[field];
    return message !== undefined && !known[field]?.set ? [{ field, message }] : [];
  });
}
