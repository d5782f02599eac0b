import { expect, type Locator, type Page } from "@playwright/test";

/** The grant helper, wherever it stands on the page. */
export function rightsNeeded(page: Page): Locator {
  return page.getByRole("region", { name: "Rights this needs" });
}

/** The line of the script whose SQL begins with these words. */
export function grantLine(rights: Locator, sql: string): Locator {
  return rights
    .getByRole("listitem")
    .filter({ has: rights.page().locator("code", { hasText: new RegExp(`^${sql}`) }) });
}

/** All lines, as an administrator runs them. */
export async function grantScript(rights: Locator): Promise<string> {
  return (await rights.getByRole("listitem").locator("code").allTextContents()).join("\n");
}

/** Looks again and waits until every line is ticked. */
export async function expectAllGranted(rights: Locator): Promise<void> {
  await rights.getByRole("button", { name: "Check again" }).click();
  await expect(rights).toContainText("All rights are there");
  for (const line of await rights.getByRole("listitem").all()) await expect(line).toContainText("Granted");
}
