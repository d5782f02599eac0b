import { wordsOf } from "./name-style.ts";

export const secretKinds = ["password", "token", "key", "card", "bank", "identity"] as const;
export type SecretKind = (typeof secretKinds)[number];

/** Words that say so wherever they stand in a name. */
const alone: Readonly<Record<SecretKind, readonly string[]>> = {
  password: ["password", "passwort", "passwd", "pwd", "passphrase", "passcode", "pincode", "otp", "totp"],
  token: ["jwt", "bearer", "cookie"],
  key: ["secret", "secrets", "apikey", "privatekey"],
  card: ["cvv", "cvc", "creditcard", "cardnumber"],
  bank: ["iban", "bic"],
  identity: ["ssn", "passport", "nino", "aadhaar", "cpf", "bsn", "steuerid", "taxid"],
};

/** Words that say so only side by side, in this order. */
const together: Readonly<Record<SecretKind, readonly string[]>> = {
  password: ["pass hash", "pin code", "user pass", "recovery code", "backup code", "security answer"],
  token: ["session id", "session key", "auth code", "reset code"],
  key: ["api key", "private key", "access key", "encryption key", "signing key", "license key"],
  card: ["credit card", "debit card", "card number", "card no", "card pan", "card code", "cc number"],
  bank: ["bank account", "account number", "account no", "routing number", "sort code"],
  identity: [
    "social security",
    "national id",
    "national insurance",
    "identity number",
    "id card",
    "tax id",
    "tax number",
    "steuer id",
    "driver license",
    "drivers license",
    "driving licence",
  ],
};

/** A token is a secret, unless the name goes on to say that it is counted or spent. */
const countedTokens = new Set(["count", "counts", "total", "limit", "usage", "used", "price", "cost", "type", "name"]);

/**
 * Whether a column's name says that it holds something which should not leave a database unasked: passwords, tokens,
 * keys, numbers of cards, accounts and identities. Only the name is looked at, never a value (features §5, 16).
 */
export function likelySecret(name: string): SecretKind | undefined {
  const words = wordsOf(name);
  const phrase = ` ${words.join(" ")} `;
  const found = secretKinds.find(
    (kind) =>
      alone[kind].some((word) => words.includes(word)) || together[kind].some((pair) => phrase.includes(` ${pair} `)),
  );
  if (found) return found;
  // Names of which it is all there is: a "pin" in a longer name is more often one on a map, a "card" one of a game.
  if (words.length === 1 && ["pin", "pass", "pan", "card"].includes(words[0] ?? ""))
    return words[0] === "pan" || words[0] === "card" ? "card" : "password";
  const last = words.at(-1) ?? "";
  const holdsToken = words.includes("token") || last === "tokens";
  return holdsToken && !countedTokens.has(last) && !(words.length > 1 && last === "tokens") ? "token" : undefined;
}
