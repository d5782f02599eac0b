import { deepestJson } from "@headgate/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "./refusal.ts";
import { parseStrictJson } from "./strict-json.ts";

function refusalOf(text: string): Refusal {
  try {
    parseStrictJson(text);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("It was accepted.");
}

test("everything JSON.stringify writes is read back the same", () => {
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  const key = text.filter((value) => value !== "__proto__");
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 6 }, text, fc.integer(), fc.boolean(), fc.constant(null), tie("list"), tie("map")),
    list: fc.array(tie("any"), { maxLength: 4 }),
    map: fc.dictionary(key, tie("any"), { maxKeys: 4, noNullPrototype: true }),
  })).any;
  fc.assert(
    fc.property(value, (given) => {
      expect(parseStrictJson(JSON.stringify(given))).toEqual(given);
    }),
  );
});

test.each([
  [`{"host":"ok","host":"169.254.169.254"}`, "host"],
  [`{"a":{"b":1,"c":[{"d":1,"d":2}]}}`, "a.c.d"],
  [`{"host":1,"h\\u006fst":2}`, "host"],
  [`{"a":"}","a":2}`, "a"],
  [`{"a":"\\"","a":2}`, "a"],
])("a field given twice is refused by name: %s [R17][B165]", (text, field) => {
  expect(refusalOf(text).details.fields).toEqual({ [field]: "This field is given twice. Give it once." });
});

test("the same name in two objects, or as a value, is no repetition", () => {
  for (const text of [`[{"a":1},{"a":2}]`, `{"a":"a","b":["a","a"]}`, `{"a":{"a":{"a":1}}}`, `{"a":"\\\\","b":1}`])
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
});

test.each([`{"__proto__":{"admin":true}}`, `{"a":{"__proto__":1}}`, `{"\\u005f_proto__":1}`])(
  "the key that could change all objects is refused: %s [R17]",
  (text) => {
    expect(refusalOf(text).type).toBe("error:request/invalid");
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  },
);

test("32 levels are read, 33 are not, and 200,000 are refused without effort [R17][B163]", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(parseStrictJson(nested(deepestJson))).toBeDefined();
  expect(refusalOf(nested(deepestJson + 1)).type).toBe("error:request/malformed");
  expect(refusalOf(nested(200_000)).type).toBe("error:request/malformed");
  expect(refusalOf(`{"a":`.repeat(200_000)).type).toBe("error:request/malformed");
});

test("text that PostgreSQL cannot store is refused by its field", () => {
  expect(refusalOf(`{"a":["ok","x\\u0000"]}`).details.fields).toEqual({ "a.1": "Remove the invisible NUL character." });
  expect(refusalOf(`{"a":{"b":"\\ud800"}}`).details.fields?.["a.b"]).toMatch(/half a character/);
  expect(refusalOf(`{"\\u0000":1}`).type).toBe("error:request/invalid");
  expect(parseStrictJson(`"\\ud83d\\ude00"`)).toBe("\u{1F600}");
});

test.each(["", "{", "{}}", "[1,]", `{"a"}`, "{'a':1}", "NaN", "undefined", `"\n"`, "01", "{}{}", "// x"])(
  "what is not JSON is malformed: %j",
  (text) => {
    expect(refusalOf(text).type).toBe("error:request/malformed");
  },
);

// A scanner that starts over at each of them would need minutes, far beyond the time a test has.
test("a megabyte of quotation marks and brackets is read in one pass [R17]", () => {
  for (const unit of [`"`, `\\"`, `[{`, `{"a":"`, `"",`]) {
    expect(refusalOf(unit.repeat(1_000_000 / unit.length)).type).toMatch(/^error:request\//);
  }
});
