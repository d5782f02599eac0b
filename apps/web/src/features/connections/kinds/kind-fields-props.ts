import type { DestinationKind } from "@headgate/contract";
import type { StoredKind } from "./kind-rules.ts";

/** What the fields of every kind get. */
export type KindFieldsProps<K extends DestinationKind> = {
  /** The saved connection being changed; undefined for a new one. */
  readonly stored: StoredKind<K> | undefined;
  /** The stored secrets that have to be entered again. */
  readonly again: readonly string[];
};
