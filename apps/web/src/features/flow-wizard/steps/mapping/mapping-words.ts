import type { SecretKind } from "@headgate/core";

/** What the names on arrival are called, towards each kind of destination. */
export type MappingWords = {
  readonly title: string;
  readonly nameLabel: (column: string) => string;
  readonly jsonTitle: string;
  readonly showJson: string;
};

export const columnWords: MappingWords = {
  title: "Columns",
  nameLabel: (column) => `Name in the destination for ${column}`,
  jsonTitle: "One row as it arrives",
  showJson: "Show one row as JSON",
};

export const keyWords: MappingWords = {
  ...columnWords,
  nameLabel: (column) => `JSON key for ${column}`,
};

export const headingWords: MappingWords = {
  ...columnWords,
  nameLabel: (column) => `Name in the file for ${column}`,
  jsonTitle: "One row, name by name",
  showJson: "Show one row, name by name",
};

export const secretWords: Readonly<Record<SecretKind, string>> = {
  password: "a password",
  token: "a token that signs somebody in",
  key: "a secret key",
  card: "the number of a payment card",
  bank: "the number of a bank account",
  identity: "the number of an identity document",
};
