import { newPasswordSchema } from "@headgate/contract";
import { expect, test } from "vitest";
import { passwordFault } from "./password-rules.ts";

const ada = { name: "Ada Lovelace", email: "ada.lovelace@analytical.example" };

test.each([
  "password1234",
  "Password123!",
  "P@ssw0rd1234",
  "passwordpassword",
  "qwertyuiop12",
  "1qaz2wsx3edc",
  "123456789012",
  "abcdefghijkl",
  "aaaaaaaaaaaa",
  "abababababab",
  "letmein12345",
  "welcome12345",
  "administrator",
  "iloveyou1234",
  "headgate2026",
  "Headgate2026!",
  "postgres1234",
  "changeme1234",
  "correcthorsebatterystaple",
  "summer202620",
])("a password attackers try first is refused: %s [R4]", (password) => {
  expect(passwordFault(password, ada)).toMatch(/\.$/);
});

test.each(["AdaLovelace1", "lovelace2026", "ada.lovelace@analytical.example", "analytical123"])(
  "a password made of the person's own words is refused: %s [R4]",
  (password) => {
    expect(passwordFault(password, ada)).toMatch(/name or e-mail/);
  },
);

test.each([
  "a quiet green river",
  "Tr0ub4dor&3-kettle",
  "mein Hund bellt nachts",
  "9f2c81d0b7aa",
  "kettle password orchid",
  "\u65E5\u672C\u8A9E\u306E\u9577\u3044\u5408\u8A00\u8449\u3067\u3059\u3088",
  "x".repeat(3) + " marks the spot",
])("an ordinary long password is taken, with no rule about digits or capitals: %s [R4]", (password) => {
  expect(newPasswordSchema.safeParse(password).success).toBe(true);
  expect(passwordFault(password, ada)).toBeUndefined();
});

test("passwords of 12 to at least 128 characters are allowed, shorter ones are not [R4]", () => {
  const long = "the river runs past the mill and on to the sea ".repeat(3).slice(0, 128);
  expect(newPasswordSchema.safeParse(long).success).toBe(true);
  expect(passwordFault(long, ada)).toBeUndefined();
  expect(newPasswordSchema.safeParse("eleven char").success).toBe(false);
});
