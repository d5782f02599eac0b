import { expect, it } from "vitest";
import { serverWords } from "./server-words.ts";

it.each([
  ["plain words", "plain words"],
  ["two\nlines\tand a tab", "two lines and a tab"],
  ["\u001b[31mred\u0000", "\\u{1b}[31mred\\u{0}"],
  ["right\u202eleft\u200b", "right\\u{202e}left\\u{200b}"],
])("%j is shown as %j [R32]", (text, shown) => {
  expect(serverWords(text)).toBe(shown);
});

it("is cut at 300 characters, never in the middle of one", () => {
  expect(Array.from(serverWords("🐘".repeat(400)))).toHaveLength(300);
  expect(serverWords("🐘".repeat(400)).endsWith("🐘…")).toBe(true);
});

it.each(["s3cret&word", encodeURIComponent("s3cret&word"), Buffer.from("s3cret&word").toString("base64")])(
  "hides the secret in use, spelled %s [R31]",
  (spelling) => {
    expect(serverWords(`bad password ${spelling}!`, "s3cret&word")).toBe("bad password •••!");
  },
);

it("does not tear words apart because a password is short", () => {
  expect(serverWords("password authentication failed", "a")).toBe("password authentication failed");
});
