import { expect, it } from "vitest";
import { hostSchema, portSchema } from "./host.ts";

it.each([
  ["", "B1", "Enter the server address"],
  ["  ", "B2", "Enter the server address"],
  ["exa mple.com", "B3", "cannot contain spaces"],
  ["-bad.example", "B4", "starts or ends with a hyphen"],
  [`${"a".repeat(64)}.example`, "B5", "longer than 63"],
  [`${"a.".repeat(127)}`, "B6", "too long"],
  ["db.example.com:5432", "B7", "port in its own field"],
  ["http://db.example.com", "B8", "without http://"],
  ["user@host", "B9", "after the @"],
  ["host/path", "B10", "without anything after it"],
  ["host?x=1", "B11", "without anything after it"],
  ["a.example,b.example", "B12", "list of servers is not supported"],
  ["/var/run/postgresql", "B13", "over the network"],
  ["@abstract", "B14", "over the network"],
  ["%2Fvar%2Frun", "B15", "over the network"],
  ["host\0evil", "B16", "invisible characters"],
  ["host\r\nX: y", "B17", "line breaks"],
])("refuses the server address %j with a sentence of its own [%s]", (host, _id, sentence) => {
  const parsed = hostSchema.safeParse(host);
  expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(sentence);
});

it.each(["db.example.com", "db.example.com.", "127.0.0.1", "::1", "[::1]", "2001:db8::5", "localhost", "my_db-1"])(
  "accepts the server address %s",
  (host) => {
    expect(hostSchema.parse(host)).toBe(host);
  },
);

it.each([
  ["ехample.com", "xn--ample-ywe6i.com"],
  ["db.münchen.example", "db.xn--mnchen-3ya.example"],
  ["127。0。0。1", "127.0.0.1"],
])("shows %s as the network knows it, %s [B45]", (typed, shown) => {
  expect(hostSchema.parse(typed)).toBe(shown);
});

it("refuses characters that no address has", () => {
  expect(hostSchema.safeParse("db\u202e.example").error?.issues[0]?.message).toContain("no address has");
});

it.each([
  { port: 0, id: "B48" },
  { port: -1, id: "B49" },
  { port: 65536, id: "B50" },
  { port: "5432abc", id: "B51" },
  { port: "5432.5", id: "B52" },
  { port: "１２３", id: "B53" },
  { port: "1e3", id: "B54" },
  { port: "", id: "B55" },
])("refuses $port as a port [$id]", ({ port }) => {
  expect(portSchema.safeParse(port).error?.issues[0]?.message).toContain("between 1 and 65535");
});

it("takes a port with spaces around it [B56]", () => {
  expect(portSchema.parse(" 5432 ")).toBe(5432);
});
