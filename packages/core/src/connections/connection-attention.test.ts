import { describe, expect, test } from "vitest";
import { connectionAttention, isBroken } from "./connection-attention.ts";
import { expiryWarnings } from "./expiry-warnings.ts";
import { rotationKinds } from "./rotatable-secrets.ts";

const now = new Date("2026-11-21T23:30:00Z");
const at = "2026-11-21T02:10:00.000Z";

describe("what ends soon", () => {
  test.each([
    ["2026-12-22", []],
    ["2026-12-21", [{ level: "month", daysLeft: 30 }]],
    ["2026-11-29", [{ level: "month", daysLeft: 8 }]],
    ["2026-11-28", [{ level: "week", daysLeft: 7 }]],
    ["2026-11-21", [{ level: "week", daysLeft: 0 }]],
    ["2026-11-20", [{ level: "expired", daysLeft: -1 }]],
    ["2020-02-29", [{ level: "expired", daysLeft: -2457 }]],
  ])("a certificate that ends on %s is told of in time", (on, expected) => {
    const warnings = expiryWarnings({ expiries: { server_certificate: on } }, now);
    expect(warnings).toEqual(expected.map((warning) => ({ kind: "server_certificate", on, ...warning })));
  });

  test("the nearest end comes first, and what is not known is not guessed", () => {
    const expiries = { ca_certificate: "2026-12-01", entra_secret: "2026-11-01", password: "2036-01-01" };
    expect(expiryWarnings({ expiries }, now).map(({ kind }) => kind)).toEqual(["entra_secret", "ca_certificate"]);
    expect(expiryWarnings({ expiries: {} }, now)).toEqual([]);
  });
});

describe("what needs attention", () => {
  const failed = { at, revision: 2, status: "failed", stage: "sign_in", code: "password_wrong" } as const;
  const facts = { revision: 2, lastCheck: failed, expiries: {} };

  test("a failed test counts until the connection changes", () => {
    expect(connectionAttention(facts, now)).toEqual([{ reason: "check_failed", code: "password_wrong" }]);
    expect(connectionAttention({ ...facts, revision: 3 }, now)).toEqual([]);
    expect(connectionAttention({ ...facts, lastCheck: { at, revision: 2, status: "succeeded" } }, now)).toEqual([]);
    expect(connectionAttention({ ...facts, lastCheck: null }, now)).toEqual([]);
  });

  test("a secret that cannot be opened is told apart from one that is refused [R23]", () => {
    const lastCheck = { ...failed, code: "secret_unreadable" } as const;
    expect(connectionAttention({ ...facts, lastCheck }, now)).toEqual([{ reason: "secret_unreadable" }]);
  });

  test("what ends soon is no fault yet, what has ended is one", () => {
    const soon = connectionAttention({ ...facts, lastCheck: null, expiries: { password: "2026-11-25" } }, now);
    expect(soon).toMatchObject([{ reason: "expiry", warning: { level: "week" } }]);
    expect(isBroken(soon)).toBe(false);
    expect(
      isBroken(connectionAttention({ ...facts, lastCheck: null, expiries: { password: "2026-11-20" } }, now)),
    ).toBe(true);
    expect(isBroken(connectionAttention(facts, now))).toBe(true);
  });
});

test("a connection can rotate exactly what it signs in with", () => {
  const entra = { tenantId: "t", clientId: "c", cloud: "AzurePublic" } as const;
  expect(rotationKinds({})).toEqual(["password"]);
  expect(rotationKinds({ clientCertificate: "pem" })).toEqual(["password", "client_key"]);
  expect(rotationKinds({ entra: { ...entra, credential: "secret" } })).toEqual(["entra_secret"]);
  expect(rotationKinds({ entra: { ...entra, credential: "certificate" } })).toEqual(["entra_certificate"]);
});
