import { checkCodes, type CheckFailure } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { adminMessage, quoteIdentifier } from "./admin-message.ts";

const target = { host: "db.example.com", port: 5432, database: 'Shop "2"', user: "o'brien; drop" };

function failure(code: CheckFailure["code"], facts: Record<string, string> = {}): CheckFailure {
  return { stage: "sign_in", code, facts, detail: "" };
}

describe("the message for an administrator", () => {
  it("quotes every name, whatever is in it", () => {
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
    expect(adminMessage(failure("database_forbidden"), target)).toContain(
      'GRANT CONNECT ON DATABASE "Shop ""2""" TO "o\'brien; drop";',
    );
  });

  it("gives the exact line for pg_hba.conf with the address the server saw", () => {
    const message = adminMessage(failure("address_not_admitted", { clientAddress: "203.0.113.7" }), target);
    expect(message).toContain('hostssl  "Shop ""2"""  "o\'brien; drop"  203.0.113.7/32  scram-sha-256');
    const six = adminMessage(failure("address_not_admitted", { clientAddress: "2001:db8::7" }), target);
    expect(six).toContain("2001:db8::7/128");
  });

  it("grants reading on the schema that was refused", () => {
    const message = adminMessage(failure("schema_forbidden", { schema: "Sales 2026" }), target);
    expect(message).toContain('GRANT USAGE ON SCHEMA "Sales 2026" TO');
    expect(message).toContain('GRANT SELECT ON ALL TABLES IN SCHEMA "Sales 2026" TO');
    // Without its FOR ROLE the line would count for tables of whoever runs it, which is hardly ever their maker.
    expect(message).toContain("ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT ON TABLES TO %I");
  });

  it("is offered only where an administrator can help", () => {
    expect(adminMessage(failure("stopped"), target)).toBeUndefined();
    expect(adminMessage(failure("secret_unreadable"), target)).toBeUndefined();
  });

  it.each(checkCodes)("names server, database and user but never a password for %s", (code) => {
    const settings = { ...target, password: "hunter2-hunter2" };
    const message = adminMessage(failure(code), settings);
    if (message === undefined) return;
    expect(message).toContain("db.example.com, port 5432");
    expect(message).not.toContain("hunter2");
  });
});
