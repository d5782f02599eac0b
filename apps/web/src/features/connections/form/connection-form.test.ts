import type { Connection } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { onlyPassword } from "../../../testing/examples.ts";
import {
  asksForPasswordAgain,
  connectionAnswers,
  connectionFormDefaults,
  connectionFormSchema,
  suggestedName,
  typedConnection,
} from "./connection-form.ts";

const saved: Connection = {
  id: "7d8b7a3e-55f2-4f1e-9a43-0b3f6f3b4a10",
  name: "shop on db.example.com",
  kind: "postgres",
  settings: { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "verify-full" },
  secrets: onlyPassword("2026-11-21T09:00:00.000Z"),
  revision: 3,
  practice: false,
  lastCheck: null,
  expiries: {},
  flowNames: [],
  lastUse: null,
  draftCount: 0,
  createdAt: "2026-11-21T09:00:00.000Z",
  updatedAt: "2026-11-21T09:00:00.000Z",
};

function checked(change: Partial<ReturnType<typeof connectionFormDefaults>["settings"]>, password = "") {
  const form = connectionFormDefaults(undefined, saved);
  return connectionFormSchema.parse({ ...form, settings: { ...form.settings, ...change }, secrets: { password } });
}

describe("connection form", () => {
  it("starts with the usual port and nothing else", () => {
    expect(connectionFormDefaults(undefined)).toMatchObject({ name: "", settings: { host: "", port: "5432" } });
  });

  it("prefers what was typed over what is saved", () => {
    const form = connectionFormDefaults({ database: "shop2", port: "6543" }, saved);
    expect(form.settings).toMatchObject({ host: "db.example.com", database: "shop2", port: "6543" });
  });

  it("never hands the password to the draft", () => {
    const form = { ...connectionFormDefaults(undefined, saved), secrets: { password: "hunter2 hunter2" } };
    expect(JSON.stringify(typedConnection(form))).not.toContain("hunter2");
  });

  it("turns the typed port into a number and leaves a blank certificate out", () => {
    const answers = connectionAnswers(checked({ port: " 6432 " }, "secret"), false);
    expect(answers.settings.port).toBe(6432);
    expect(answers.settings).not.toHaveProperty("caCertificate");
    expect(answers.secrets).toEqual({ password: "secret" });
  });

  it("keeps the stored password when none was typed", () => {
    expect(connectionAnswers(checked({}), true).secrets).toEqual({});
  });

  it.each(["50 000", "0", "65536", "5432x", ""])("refuses the port %j by name", (port) => {
    const form = connectionFormDefaults(undefined, saved);
    const parsed = connectionFormSchema.safeParse({ ...form, settings: { ...form.settings, port } });
    expect(parsed.error?.issues[0]?.path).toEqual(["settings", "port"]);
  });

  it.each([
    ["host", { host: "other.example.com" }],
    ["port", { port: "5433" }],
    ["user", { user: "writer" }],
    ["encryption", { tlsMode: "prefer" as const }],
    ["the authority", { caCertificate: "-----BEGIN CERTIFICATE-----" }],
  ])("asks for the password again after a change of %s [R24]", (_, change) => {
    const form = connectionFormDefaults(undefined, saved);
    expect(asksForPasswordAgain(saved, { ...form, settings: { ...form.settings, ...change } })).toBe(true);
  });

  it("does not ask again for a new name or database", () => {
    const form = connectionFormDefaults(undefined, saved);
    const other = { ...form, name: "New", settings: { ...form.settings, database: "shop2" } };
    expect(asksForPasswordAgain(saved, other)).toBe(false);
  });

  it("offers a name made of database and server", () => {
    expect(suggestedName(" shop ", "db.example.com")).toBe("shop on db.example.com");
    expect(suggestedName("", "db.example.com")).toBe("");
  });
});
