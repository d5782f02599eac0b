import { checkCodes, expiryKinds, type ConnectionAttention } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { attentionTitle, expiryMessages, expiryTitle } from "./attention.ts";

const warning = { kind: "entra_secret", on: "2026-11-26", level: "week" } as const;

describe("copy for what ends", () => {
  it.each(expiryKinds)("says what ends and what to do about %s", (kind) => {
    const { what, next } = expiryMessages[kind];
    expect(what).toMatch(/^The [\w' ]+$/);
    expect(next).toMatch(/^[A-Z].*[^.]\.$/);
  });

  it.each([
    [5, "The application's secret ends in 5 days, on 26 Nov 2026"],
    [1, "The application's secret ends tomorrow"],
    [0, "The application's secret ends today"],
    [-3, "The application's secret ended on 26 Nov 2026"],
  ])("with %i days left it reads well", (daysLeft, words) => {
    expect(expiryTitle({ ...warning, daysLeft })).toBe(words);
  });
});

describe("why a connection needs attention, in a few words", () => {
  const reasons: ConnectionAttention[] = [
    { reason: "secret_unreadable" },
    { reason: "expiry", warning: { ...warning, daysLeft: 5 } },
    ...checkCodes.map((code) => ({ reason: "check_failed", code }) as const),
  ];
  it.each(reasons)("is said for $reason $code", (reason) => {
    expect(attentionTitle(reason)).toMatch(/^[\p{Lu}“][^{}]+[^.{}]$/u);
  });
});
