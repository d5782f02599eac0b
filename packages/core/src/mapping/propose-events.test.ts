import type { Field, Stream } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { judgeEvents } from "./judge-events.ts";
import { proposeEvents, proposeIdentifiers, proposeMoment, traitKeyFor } from "./propose-events.ts";

function field(name: string, typeName = "text", over: Partial<Field> = {}): Field {
  return {
    name,
    position: 1,
    type: typeName,
    typeName: `pg_catalog.${typeName}`,
    builtIn: true,
    nullable: true,
    hasDefault: false,
    generated: false,
    identity: null,
    comment: null,
    readable: true,
    ...over,
  };
}

function table(...fields: Field[]): Stream {
  return {
    schema: "public",
    name: "customers",
    kind: "table",
    rowEstimate: 10,
    comment: null,
    readable: true,
    bytes: 1000,
    fields,
    uniqueKeys: [],
    may: { select: true, insert: false, update: false, delete: false },
    rowSecurity: false,
  };
}

const named = (...names: string[]): Stream => table(...names.map((name) => field(name)));

describe("who a row is about", () => {
  it.each([
    [["email", "id", "user_id", "anonymous_id"], { userId: "user_id", anonymousId: "anonymous_id" }],
    [["email", "ID", "name"], { userId: "ID" }],
    [["name", "E-Mail"], { userId: "E-Mail" }],
    [["anonymousId", "page"], { anonymousId: "anonymousId" }],
    [["order_id", "customer_id"], {}],
  ])("of %j is proposed as %j [RS-07] [RS-20]", (names, proposed) => {
    expect(proposeIdentifiers(named(...names))).toEqual(proposed);
  });

  it("is never a column that may not be read", () => {
    expect(proposeIdentifiers(table(field("id", "int8", { readable: false }), field("email")))).toEqual({
      userId: "email",
    });
  });
});

it("a mapping begins with all columns but identifiers and likely secrets; an e-mail address stays a trait", () => {
  expect(proposeEvents(named("email", "anonymous_id", "name", "password_hash"))).toEqual({
    type: "identify",
    userId: "email",
    anonymousId: "anonymous_id",
    traits: [
      { source: "email", key: "email" },
      { source: "name", key: "name" },
    ],
    constants: [],
  });
  expect(proposeEvents(named("id", "name")).traits).toEqual([{ source: "name", key: "name" }]);
});

it("a column whose name cannot be a trait gets one that can", () => {
  expect(traitKeyFor("address.city")).toBe("address.city");
  expect(traitKeyFor("price.")).toBe("price");
  expect(traitKeyFor("__proto__")).toBe("proto");
  expect(traitKeyFor("First Name", "camel")).toBe("firstName");
});

it("the moment is taken from a column that holds one", () => {
  expect(proposeMoment(table(field("timestamp"), field("created_at", "timestamptz")))).toBe("created_at");
  expect(proposeMoment(named("created_at"))).toBeUndefined();
});

describe("the table has something against", () => {
  const source = table(
    field("id", "int8"),
    field("code", "text", { nullable: false }),
    field("kind"),
    field("closed", "text", { readable: false }),
    field("at", "timestamptz"),
  );

  it("columns that are gone, closed or no moment", () => {
    const traits = [
      { source: "code", key: "code" },
      { source: "phone", key: "phone" },
      { source: "closed", key: "closed" },
    ];
    expect(judgeEvents({ type: "identify", userId: "code", timestamp: "kind", traits }, source)).toEqual([
      { field: "timestamp", severity: "error", message: expect.stringContaining("no date or time") },
      { field: "traits.1.key", severity: "error", message: "customers has no column phone any more." },
      { field: "traits.2.key", severity: "error", message: "This login may not read the column closed." },
    ]);
  });

  it("rows that name nobody, or nothing that happened", () => {
    const event = { kind: "column", column: "kind" } as const;
    expect(judgeEvents({ type: "track", userId: "id", event }, source)).toMatchObject([
      { field: "event.column", severity: "warning" },
      { field: "userId", severity: "warning" },
    ]);
    expect(judgeEvents({ type: "track", userId: "id", anonymousId: "code", timestamp: "at" }, source)).toEqual([]);
  });
});
