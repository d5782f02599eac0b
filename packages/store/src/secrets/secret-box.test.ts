import { createDecipheriv, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createSecretBox, SecretUnreadableError, type SealedSecret, type SecretPlace } from "./secret-box.ts";

const masterKey = randomBytes(32);
const box = createSecretBox(masterKey);
const place: SecretPlace = { table: "connections", rowId: "a", field: "password", version: 1 };

test("a secret opens where it was sealed, whatever it holds", () => {
  for (const text of ["", "hunter2", "O'Brien \u{1F511}", "x".repeat(10_240)])
    expect(box.open(place, box.seal(place, text))).toBe(text);
});

test("the same secret never looks the same twice: data key and IV are random [R20]", () => {
  const one = box.seal(place, "hunter2");
  const other = box.seal(place, "hunter2");
  expect(one.ciphertext.equals(other.ciphertext)).toBe(false);
  expect(one.wrappedKey.equals(other.wrappedKey)).toBe(false);
  expect(one.ciphertext.subarray(0, 12).equals(other.ciphertext.subarray(0, 12))).toBe(false);
});

test.each<[string, Partial<SecretPlace>]>([
  ["table", { table: "alerts" }],
  ["row", { rowId: "b" }],
  ["field", { field: "passphrase" }],
  ["version", { version: 2 }],
])("a secret copied to another %s does not open [R20][V35]", (_what, moved) => {
  const sealed = box.seal(place, "hunter2");
  expect(() => box.open({ ...place, ...moved }, sealed)).toThrow(SecretUnreadableError);
});

test("a value and a wrapped key of two secrets cannot be combined [R20]", () => {
  const elsewhere = { ...place, rowId: "b" };
  const mine = box.seal(place, "mine");
  const theirs = box.seal(elsewhere, "theirs");
  expect(() => box.open(place, { ...mine, ciphertext: theirs.ciphertext })).toThrow(SecretUnreadableError);
  expect(() => box.open(place, { ...mine, wrappedKey: theirs.wrappedKey })).toThrow(SecretUnreadableError);
});

test("an authentication tag cut to 4 bytes is refused, although Node alone would accept it [R20][V35]", () => {
  const sealed = box.seal(place, "hunter2");
  const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 12);
  for (const part of ["ciphertext", "wrappedKey"] as const) {
    const forged: SealedSecret = { ...sealed, [part]: cut(sealed[part]) };
    expect(() => box.open(place, forged)).toThrow(SecretUnreadableError);
  }
  // What the rule protects from: without the option a decipher takes a short tag.
  const lenient = createDecipheriv("aes-256-gcm", masterKey, randomBytes(12));
  expect(() => lenient.setAuthTag(Buffer.alloc(4))).not.toThrow();
});

test("every changed byte is noticed [R20]", () => {
  const sealed = box.seal(place, "hunter2");
  for (let at = 0; at < sealed.ciphertext.length; at += 1) {
    const bytes = Buffer.from(sealed.ciphertext);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(() => box.open(place, { ...sealed, ciphertext: bytes })).toThrow(SecretUnreadableError);
  }
});

test("another master key opens nothing, and the error carries no secret [R20]", () => {
  const sealed = box.seal(place, "hunter2");
  const other = createSecretBox(randomBytes(32));
  expect(() => other.open(place, sealed)).toThrow(/another master key/);
  expect(() => other.open(place, { ...sealed, keyId: other.keyId })).toThrow(/damaged/);
});
