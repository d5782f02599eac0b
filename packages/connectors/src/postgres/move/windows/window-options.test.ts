import { expect, it } from "vitest";
import type { ReadWindow } from "../position.ts";
import { waitingNotes } from "./window-options.ts";

it("says that a transaction keeps rows back only when it has for more than an hour", () => {
  const since = "2026-11-21T09:00:00.000Z";
  const window = { waitingSince: since } as ReadWindow;
  const note = { code: "waits_for_others", side: "source", columns: [], since };
  expect(waitingNotes(window, Date.parse("2026-11-21T09:59:00.000Z"))).toEqual([]);
  expect(waitingNotes(window, Date.parse("2026-11-21T10:01:00.000Z"))).toEqual([note]);
  expect(waitingNotes({ ...window, waitingSince: undefined })).toEqual([]);
});
