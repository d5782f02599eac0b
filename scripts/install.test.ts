import { expect, it } from "vitest";
import { matchesLock } from "./install.mjs";

const wanted = {
  "": { name: "headgate" },
  "packages/core": { version: "0.1.0" },
  "node_modules/@headgate/core": { resolved: "packages/core", link: true },
  "node_modules/pg": { version: "8.23.1" },
  "node_modules/fsevents": { version: "2.3.3", optional: true },
};
const present = {
  "node_modules/@headgate/core": { resolved: "packages/core", link: true },
  "node_modules/pg": { version: "8.23.1" },
};

it("finds an installation complete without packages for other systems", () => {
  expect(matchesLock(wanted, present)).toBe(true);
});

it.each([
  ["another version", { ...present, "node_modules/pg": { version: "8.23.0" } }],
  ["a missing package", { "node_modules/@headgate/core": present["node_modules/@headgate/core"] }],
  ["a workspace that is not linked", { "node_modules/pg": present["node_modules/pg"] }],
])("finds %s", (_what, changed) => {
  expect(matchesLock(wanted, changed)).toBe(false);
});
