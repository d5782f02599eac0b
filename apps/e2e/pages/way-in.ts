import { endpoints } from "@headgate/contract";
import { createDatabase, createRole, type TestDatabase, type TestServer } from "@headgate/testkit";
import { expect, type Locator, type Page } from "@playwright/test";
import { escapeLiteral } from "pg";
import { canaryPassword } from "../leaks.ts";
import { call, type Login, type Site } from "../site.ts";
import { chooseNewConnection, continueButton, expectStep, goOn } from "./wizard.ts";

export type Parcels = { readonly database: TestDatabase; readonly login: Login };

type ParcelsOptions = {
  readonly name?: string;
  readonly grants?: readonly string[];
  readonly attributes?: string;
};

/** A database with one table, and a login for it whose password can be found wherever it leaks to. */
export async function makeParcels(server: TestServer, options: ParcelsOptions = {}): Promise<Parcels> {
  const { name, grants = ["select on parcels"], attributes = "" } = options;
  const database = await createDatabase({ server, ...(name !== undefined && { name }) });
  await database.query("create table parcels (id integer primary key, weight numeric)");
  const { user } = await createRole(database, { grants, attributes });
  const password = canaryPassword();
  await database.query(`alter role ${user} password ${escapeLiteral(password)}`);
  return { database, login: { ...database, user, password } };
}

/** Opens step 1 of a new flow at the form of a new connection, and pastes what a colleague sent. */
export async function pasteIntoNewFlow(page: Page, site: Site, text: string): Promise<void> {
  const { id } = await call(site, endpoints.createDraft, { body: { practice: false } });
  await page.goto(`/flows/drafts/${id}/credentials`);
  await chooseNewConnection(page);
  await paste(page, text);
  await expect(page.getByRole("status").filter({ hasText: /Filled \d fields?\./ })).toBeVisible();
}

/** Pastes as the keyboard does, without the clipboard of this computer. */
async function paste(page: Page, text: string): Promise<void> {
  const box = page.getByLabel(/^Paste a connection string/);
  await box.evaluate((node, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", pasted);
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(box).toHaveValue("");
}

export type Refusal = Readonly<Record<"stage" | "title" | "why" | "next", string | RegExp>>;

/** The test has failed at one stage and says so in words; whoever waited for it stands before them. */
export async function expectRefused(page: Page, { stage, title, why, next }: Refusal): Promise<void> {
  const alert = page.getByRole("alert");
  for (const words of [title, why, next]) await expect(alert).toContainText(words);
  await expect(stages(page, "Failed")).toHaveCount(1);
  await expect(stages(page, "Failed")).toContainText(stage);
  await expect(stages(page, "In progress")).toHaveCount(0);
  await expect(resultOf(page)).toBeFocused();
  await expect(continueButton(page)).toBeDisabled();
}

/** The test has succeeded; what it found is shown and said aloud. */
export async function expectWorks(page: Page, found: RegExp): Promise<void> {
  await expect(resultOf(page)).toContainText("The connection works");
  await expect(resultOf(page)).toContainText(found);
  await expect(resultOf(page)).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: /^The connection works\. PostgreSQL / })).toHaveCount(1);
  await expect(stages(page).filter({ hasNotText: "Done" })).toHaveCount(0);
  await expect(continueButton(page)).toBeEnabled();
}

export type StageStatus = "In progress" | "Done" | "Failed";

export function stages(page: Page, status?: StageStatus): Locator {
  const all = page.getByRole("list", { name: "Stages of the test" }).getByRole("listitem");
  return status === undefined ? all : all.filter({ hasText: status });
}

export function resultOf(page: Page): Locator {
  return page.getByRole("group", { name: "Result of the test" });
}

/** Unfolds what can be sent to whoever runs the database. */
export async function messageForAdministrator(page: Page): Promise<string> {
  await page.getByText("Message for your administrator").click();
  return page.getByText(/^Hello,/).innerText();
}

/** Goes by keyboard from the result to the field it blames. */
export async function followToField(page: Page, field: Locator): Promise<void> {
  await resultOf(page).focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Change the credentials" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expectStep(page, "credentials");
  await expect(field).toBeFocused();
  await expect(field).toBeInViewport();
}

/** Enters the password again, as every change of where it goes asks for, and tests. */
export async function testWithPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await goOn(page, "test");
}
