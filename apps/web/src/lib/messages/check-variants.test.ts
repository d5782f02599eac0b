import { checkCodes, type CheckFailure } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { checkFailureCopy } from "../messages.ts";
import { checkVariants } from "./check-variants.ts";

const typed = { host: "db.example.com", port: "5432", user: "reader", database: "shop" };

function copyOf(code: CheckFailure["code"], facts: Record<string, string>) {
  return checkFailureCopy({ stage: "port", code, facts, detail: "" }, typed);
}

describe("what is said where a fact tells more than the code", () => {
  it.each([
    ["not_postgres", { service: "MySQL" }, "What answers on port 5432 is MySQL, not PostgreSQL"],
    ["not_postgres", { service: "SSH" }, "What answers on port 5432 is remote log-in (SSH), not PostgreSQL"],
    ["not_postgres", {}, "What answers on port 5432 is not PostgreSQL"],
    ["server_full", { limit: "role" }, "“reader” has no free place"],
    ["server_full", { limit: "server" }, "db.example.com has no free place"],
    ["server_starting", { state: "stopping" }, "The database is shutting down"],
    ["read_only_server", { reason: "setting" }, "“shop” accepts no changes from “reader”"],
    ["write_forbidden", {}, "“reader” may not write anything in “shop”"],
    ["write_forbidden", { table: "orders" }, "“reader” may not write to “orders”"],
  ] as const)("%s %j", (code, facts, title) => {
    expect(copyOf(code, facts).title).toBe(title);
  });

  it("names the provider's own way around a network it has no address in", () => {
    const { next } = copyOf("ipv6_only", { host: "db.abcdefghijklmnop.supabase.co" });
    expect(next).toContain("Session pooler");
    expect(copyOf("ipv6_only", { host: "db.example.com" }).next).toContain("Ask your provider");
  });

  it("names our address only where somebody else could meet it", () => {
    expect(copyOf("port_silent", { ourAddress: "10.0.0.7" }).next).toContain("ask for 10.0.0.7 to be let in");
    for (const ourAddress of ["127.0.0.1", "::1"])
      expect(copyOf("port_silent", { ourAddress }).next).toContain("ask for Headgate's machine to be let in");
  });

  it.each(checkCodes.filter((code) => checkVariants[code]))("every variant of %s is whole sentences", (code) => {
    for (const { title, why, next } of Object.values(checkVariants[code]?.copy ?? {})) {
      expect(title ?? "T").toMatch(/^[\p{Lu}{].*[^.]$|^T$/u);
      for (const sentence of [why, next]) expect(sentence ?? "S.").toMatch(/^\p{Lu}.*\.$/u);
    }
  });
});
