import { tlsModes, type TlsMode } from "@headgate/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { connectionTextStyles, parseConnectionText, type ConnectionTextStyle } from "./parse-connection-text.ts";
import { writeConnectionText } from "./write-connection-text.ts";

const awkward = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."; @ : / % ' \" \\ = ? # & + , { } $ ` é ß 日 🐘 \n \t".split(" "), " ", "a"),
      fc.string(),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join("").replaceAll("\0", "").toWellFormed())
  .filter((text) => text !== "");

const fieldsArbitrary = fc.record(
  {
    host: fc.constantFrom("db.example.com", "localhost", "10.0.0.1", "2001:db8::1"),
    port: fc.integer({ min: 1, max: 65535 }),
    database: awkward,
    user: awkward,
    password: awkward,
  },
  { requiredKeys: ["host"] },
);

const sayable: TlsMode[] = ["disable", "prefer", "require", "verify-full"];

/** The `EncryptionMethod` of Adobe and Azure Data Factory 1.0 has no word for two of the six modes. */
function fieldsFor(style: ConnectionTextStyle) {
  const modes = style === "ado" || style === "adf" ? sayable : tlsModes;
  const tls = fc.record({ tlsMode: fc.constantFrom(...modes) }, { requiredKeys: [] });
  return fc.tuple(fieldsArbitrary, tls).map(([fields, mode]) => ({ ...fields, ...mode }));
}

test.each(connectionTextStyles)(
  "what is written as %s is read back unchanged, whatever the password holds",
  (style) => {
    fc.assert(
      fc.property(fieldsFor(style), (fields) => {
        expect(parseConnectionText(writeConnectionText(style, fields))).toMatchObject({ status: "parsed", fields });
      }),
      { numRuns: 400 },
    );
  },
);

test("no text makes the reader throw, and a refusal never repeats a password", () => {
  const shapes = fc.constantFrom(
    "postgres://u:#@h/d",
    "Server=h;Password=#;Port=x",
    "host=h password=# port=x",
    "Host=h;Username=u;Password=#",
    "PGPASSWORD=# psql -h h",
    "#",
  );
  fc.assert(
    fc.property(shapes, fc.string({ unit: "binary" }), (shape, password) => {
      const answer = parseConnectionText(shape.replace("#", () => `canary-${password}`));
      expect(answer.status === "refused" ? answer.message : "").not.toContain("canary");
    }),
    { numRuns: 500 },
  );
});
