import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonTokens, keyName } from "./json-tokens.ts";

describe("jsonTokens", () => {
  it("never changes a character, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(
          jsonTokens(text)
            .map((token) => token.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });

  it("tells keys from strings and keeps numbers beyond what JavaScript can count", () => {
    const tokens = jsonTokens('{"a\\"b": "x", "n": 9007199254740993.10}').filter(({ kind }) => kind !== "space");
    expect(tokens.filter(({ kind }) => kind === "key").map(keyName)).toEqual(['a"b', "n"]);
    expect(tokens.find(({ kind }) => kind === "number")?.text).toBe("9007199254740993.10");
  });
});
