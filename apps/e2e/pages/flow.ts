import { expect, type Locator, type Page } from "@playwright/test";
import { figure } from "./wizard.ts";

/** The rows of the list of runs; the newest is the first. */
export function listedRuns(page: Page): Locator {
  // The first row holds the headings.
  return page
    .getByRole("table", { name: "Runs of this flow" })
    .getByRole("row")
    .filter({ has: page.getByRole("link") });
}

/** On a flow's page: waits until so many runs are listed and the newest one has succeeded. */
export async function expectRunSucceeded(page: Page, runs = 1): Promise<void> {
  await expect(listedRuns(page)).toHaveCount(runs, { timeout: 60_000 });
  await expect(listedRuns(page).first()).toContainText("Succeeded", { timeout: 60_000 });
}

export async function runNow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run now" }).click();
}

export async function openNewestRun(page: Page): Promise<void> {
  await listedRuns(page).first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Run of /);
}

export async function backToFlow(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Back to the flow" }).click();
  await expect(page.getByRole("button", { name: "Run now" })).toBeVisible();
}

export type Counts = {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
};

/** On a run's page: compares the receipt, which must add up. */
export async function expectReceipt(page: Page, counts: Counts): Promise<void> {
  const receipt = page.getByRole("region", { name: "Receipt" });
  for (const [label, count] of [
    ["Rows read", counts.read],
    ["New", counts.created],
    ["Changed", counts.updated],
    ["The same", counts.unchanged],
  ] as const)
    await expect(figure(receipt, label), label).toHaveText(new RegExp(`^${count.toLocaleString("en")}( |$)`));
  await expect(receipt).toContainText(counts.read === 0 ? "no rows to send" : "It adds up");
}
