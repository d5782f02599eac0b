import { vi } from "vitest";

/** jsdom lays nothing out; the list of tables needs to know how many options are in sight (here eight). */
export function giveListsASize(): void {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(448);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(400);
}
