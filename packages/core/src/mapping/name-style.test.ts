import fc from "fast-check";
import { expect, it } from "vitest";
import { inNameStyle } from "./name-style.ts";

it.each([
  ["first_name", "first_name", "firstName"],
  ["firstName", "first_name", "firstName"],
  ["First Name", "first_name", "firstName"],
  ["HTTPServer", "http_server", "httpServer"],
  ["user-id", "user_id", "userId"],
  ["address2", "address2", "address2"],
  ["line_2", "line_2", "line2"],
  ["ID", "id", "id"],
  ["Straßen_Nummer", "straßen_nummer", "straßenNummer"],
  ["顧客名", "顧客名", "顧客名"],
  ["__proto__", "proto", "proto"],
  ["🎉", "🎉", "🎉"],
])("%s is %s and %s", (name, snake, camel) => {
  expect(inNameStyle(name, "as_is")).toBe(name);
  expect(inNameStyle(name, "snake")).toBe(snake);
  expect(inNameStyle(name, "camel")).toBe(camel);
});

it("a style applied again changes nothing more, and no name becomes empty", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      const snake = inNameStyle(name, "snake");
      expect(snake).not.toBe("");
      expect(inNameStyle(snake, "snake")).toBe(snake);
      expect(inNameStyle(name, "camel")).not.toBe("");
    }),
  );
});
