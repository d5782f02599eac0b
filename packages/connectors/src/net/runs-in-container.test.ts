import { expect, it } from "vitest";
import { looksLikeContainer } from "./runs-in-container.ts";

const nowhere = (): boolean => false;

it.each(["/.dockerenv", "/run/.containerenv"])("%s is there in containers only", (mark) => {
  expect(looksLikeContainer((file) => file === mark, "0::/")).toBe(true);
});

it.each([
  ["0::/system.slice/docker-4f2a.scope", true],
  ["12:cpu:/kubepods/besteffort/pod1/4f2a", true],
  ["1:name=systemd:/libpod-4f2a", true],
  ["0::/init.scope", false],
  ["0::/user.slice/user-1000.slice", false],
  ["", false],
])("control groups %j", (controlGroups, expected) => {
  expect(looksLikeContainer(nowhere, controlGroups)).toBe(expected);
});
