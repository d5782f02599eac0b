import { expect, type Locator, type Page } from "@playwright/test";
import type { Login } from "../site.ts";

export const stepTitles = {
  credentials: "Step 1 of 7: Credentials",
  test: "Step 2 of 7: Test connection",
  table: "Step 3 of 7: Choose a table",
  destination: "Step 4 of 7: Choose the destination",
  mapping: "Step 5 of 7: Map the columns",
  schedule: "Step 6 of 7: Set the schedule",
  review: "Step 7 of 7: Review and start",
} as const;
export type Step = keyof typeof stepTitles;

export async function expectStep(page: Page, step: Step): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(stepTitles[step]);
  await expect(page).toHaveURL(new RegExp(`/flows/drafts/[0-9a-f-]{36}/${step}(\\?|$)`));
}

/** The one thing to press at the end of a step. */
export function continueButton(page: Page): Locator {
  return page.getByRole("button", { name: /^Continue/ });
}

export async function goOn(page: Page, next: Step): Promise<void> {
  await continueButton(page).click();
  await expectStep(page, next);
}

/** Opens a new flow from the home page, whether it is the first one or not. */
export async function beginFlow(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: /^(New flow$|Connect your database)/ }).click();
  await expectStep(page, "credentials");
}

/** Fills the form of a new connection, after choosing to make one where others are saved. */
export async function fillConnection(page: Page, login: Login): Promise<void> {
  await chooseNewConnection(page);
  await page.getByLabel("Server address").fill(login.host);
  await page.getByLabel("Port", { exact: true }).fill(String(login.port));
  await page.getByLabel("Database", { exact: true }).fill(login.database);
  await page.getByLabel("User", { exact: true }).fill(login.user);
  await page.getByLabel("Password", { exact: true }).fill(login.password);
}

export async function chooseNewConnection(page: Page): Promise<void> {
  const form = page.getByLabel("Server address");
  const card = page.getByRole("radio", { name: "A new connection" });
  await expect(form.or(card).first()).toBeVisible();
  if (await card.isVisible()) await card.check();
}

export async function expectTestPassed(page: Page): Promise<void> {
  await expect(page.getByText("The connection works", { exact: true })).toBeVisible();
}

export async function chooseTable(page: Page, name: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Search tables" }).fill(name);
  await tableOption(page, name).click();
}

/** An option's name starts with the table's, then says key, comment and size. */
export function tableOption(page: Page, name: string): Locator {
  return page.getByRole("option", { name: new RegExp(`^(\\S+\\. ?)?${name}\\b`) });
}

/** The first half of step 4: a saved connection, tested on the spot unless it is known to work. */
export async function chooseDestinationDatabase(page: Page, connection: string): Promise<void> {
  await page.getByRole("radio", { name: connection, exact: true }).check();
  await page.getByRole("button", { name: "Test and use this connection" }).click();
  await expect(page.getByRole("radio", { name: "Create it for me" })).toBeVisible();
}

/** The second half of step 4, with a table that Headgate makes. */
export async function letCreateTable(page: Page, name: string): Promise<void> {
  await page.getByRole("radio", { name: "Create it for me" }).check();
  await page.getByLabel("Name of the new table").fill(name);
}

export async function chooseExistingTable(page: Page, name: string): Promise<void> {
  await page.getByRole("radio", { name: "An existing table" }).check();
  await chooseTable(page, name);
}

export type WriteMode = "Add and update" | "Add only";

export async function chooseWriteMode(page: Page, mode: WriteMode): Promise<void> {
  await page.getByRole("radio", { name: mode, exact: true }).check();
}

/** One of the numbers that the dry run of step 7 counted. */
export function dryRunCount(page: Page, label: "Rows read" | "New" | "Changed" | "Same as before"): Locator {
  return figure(page.getByRole("region", { name: "Dry run" }), label);
}

/** A number of a list of numbers, by its label. */
export function figure(within: Locator, label: string): Locator {
  const term = within
    .page()
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${label}$`) });
  return within.locator("dl > div", { has: term }).getByRole("definition");
}

/** Presses Start; the flow's page opens. */
export async function start(page: Page, flowName: string): Promise<void> {
  await page.getByLabel("Flow name").fill(flowName);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(flowName);
}

export async function chooseSchema(page: Page, schema: string): Promise<void> {
  await page.getByRole("combobox", { name: "Schema" }).click();
  await page.getByRole("option", { name: new RegExp(`^${schema} \\(`) }).click();
}
