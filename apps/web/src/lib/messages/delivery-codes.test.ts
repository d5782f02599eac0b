import { deliveryCodes } from "@headgate/contract";
import { expect, it } from "vitest";
import { deliveryMessages } from "./delivery-codes.ts";

it.each(deliveryCodes)("says what, why and what next when rows cannot be delivered: %s", (code) => {
  for (const sentence of Object.values(deliveryMessages[code])) {
    expect(sentence).toMatch(/^[A-Z{].*[^\s]$/);
    expect(sentence).not.toMatch(/undefined|error code|exception/i);
  }
});

it("has a title of its own for each", () => {
  const titles = deliveryCodes.map((code) => deliveryMessages[code].title);
  expect(new Set(titles).size).toBe(titles.length);
});
