import { expect, it } from "vitest";
import { Differences } from "./differences.ts";
import { Fingerprint } from "./fingerprint.ts";

it("gives back every key in batches, but not those that are gone, and counts all", () => {
  const differences = new Differences(1);
  const marks = new Fingerprint();
  const long = "k".repeat(3_000);
  for (let i = 0; i < 1_000; i += 1) {
    const word = Buffer.from(`${i} ${long}`);
    const buffer = Buffer.alloc(4 + word.length);
    buffer.writeInt32BE(word.length);
    word.copy(buffer, 4);
    marks.add(buffer, 0, buffer.length);
    differences.add(i % 10 === 0 ? "gone" : "new", { buffer, keyAt: 0, keyEnd: buffer.length }, marks);
  }
  const batches = [...differences.wanted(400)].map(([column = []]) => column.map((value) => value.toString("utf8", 4)));
  expect(batches.map((batch) => batch.length)).toEqual([400, 400, 100]);
  expect(batches.flat()).toEqual(
    Array.from({ length: 1_000 }, (_, i) => `${i} ${long}`).filter((_, i) => i % 10 !== 0),
  );
  expect(differences.counts).toEqual({ new: 900, changed: 0, gone: 100 });
  const data = Buffer.concat([...differences.copyData()]);
  expect(data.length).toBe(differences.bytes + 19 + 2);
});
