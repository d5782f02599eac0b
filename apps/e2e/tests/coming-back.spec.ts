import type { Page } from "@playwright/test";
import type { TestDatabase } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { openLedger, openMusicShop } from "../music-shop.ts";
import {
  beginFlow,
  chooseDestinationDatabase,
  chooseTable,
  expectStep,
  expectTestPassed,
  fillConnection,
  goOn,
  letCreateTable,
  stepTitles,
  tableOption,
} from "../pages/wizard.ts";
import { saveConnection, type Site } from "../site.ts";

test("a reload at each step brings back what was typed there", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
  await saveConnection(site, ledger);

  await beginFlow(page);
  await fillConnection(page, shop);
  await page.getByLabel("Connection name").fill(`Shop ${shop.database}`);
  await reloadWhenSaved(page);
  await expect(page.getByLabel("Server address")).toHaveValue(shop.host);
  await expect(page.getByLabel("Port", { exact: true })).toHaveValue(String(shop.port));
  await expect(page.getByLabel("Database", { exact: true })).toHaveValue(shop.database);
  await expect(page.getByLabel("User", { exact: true })).toHaveValue(shop.user);
  await expect(page.getByLabel("Connection name")).toHaveValue(`Shop ${shop.database}`);
  // A password never enters a draft.
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await page.getByLabel("Password", { exact: true }).fill(shop.password);

  await goOn(page, "test");
  await expectTestPassed(page);
  await page.reload();
  await expectStep(page, "test");
  await expectTestPassed(page);

  await goOn(page, "table");
  await chooseTable(page, "albums");
  await reloadWhenSaved(page);
  await expect(tableOption(page, "albums")).toHaveAttribute("aria-selected", "true");

  await goOn(page, "destination");
  await chooseDestinationDatabase(page, ledger.database);
  await letCreateTable(page, "albums_again");
  await page.getByRole("radio", { name: "Add only", exact: true }).check();
  await reloadWhenSaved(page);
  await expect(page.getByRole("radio", { name: "Create it for me" })).toBeChecked();
  await expect(page.getByLabel("Name of the new table")).toHaveValue("albums_again");
  await expect(page.getByRole("radio", { name: "Add only", exact: true })).toBeChecked();

  await goOn(page, "mapping");
  await page.getByRole("checkbox", { name: "Send released" }).uncheck();
  await page.getByLabel("Name in the destination for title").fill("name");
  await reloadWhenSaved(page);
  await expect(page.getByRole("checkbox", { name: "Send released" })).not.toBeChecked();
  await expect(page.getByLabel("Name in the destination for title")).toHaveValue("name");

  await goOn(page, "schedule");
  await page.getByRole("radio", { name: "Custom (cron)" }).check();
  await page.getByLabel("Cron expression").fill("15 7 * * 1-5");
  await reloadWhenSaved(page);
  await expect(page.getByRole("radio", { name: "Custom (cron)" })).toBeChecked();
  await expect(page.getByLabel("Cron expression")).toHaveValue("15 7 * * 1-5");

  await goOn(page, "review");
  await page.getByLabel("Flow name").fill("Albums, once more");
  await page.getByRole("checkbox", { name: /^Run it right after/ }).uncheck();
  await reloadWhenSaved(page);
  await expect(page.getByLabel("Flow name")).toHaveValue("Albums, once more");
  await expect(page.getByRole("checkbox", { name: /^Run it right after/ })).not.toBeChecked();
  await expect(page.getByRole("region", { name: "Your answers" })).toContainText("3 of 4 columns");
});

test("Back leads through every step without losing an answer, and a Change link returns to the review", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
  await reachReview(page, site, shop, ledger);

  await page.goBack();
  await expectStep(page, "schedule");
  await expect(page.getByRole("radio", { name: "Only when I press Run now" })).toBeChecked();
  await page.goBack();
  await expectStep(page, "mapping");
  await expect(page.getByText("4 of 4 columns selected")).toBeVisible();
  await page.goBack();
  await expectStep(page, "destination");
  await expect(page.getByLabel("Name of the new table")).toHaveValue("albums");
  // The link on the page leads where the browser's button does.
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expectStep(page, "table");
  await expect(tableOption(page, "albums")).toHaveAttribute("aria-selected", "true");
  await page.goBack();
  await page.getByRole("link", { name: /^Credentials/ }).click();
  await expectStep(page, "credentials");
  await expect(page.getByRole("radio", { name: shop.database, exact: true })).toBeChecked();

  await page
    .getByRole("navigation", { name: "Set-up steps" })
    .getByRole("link", { name: /^Review/ })
    .click();
  await expectStep(page, "review");
  await page.getByRole("link", { name: "Change schedule" }).click();
  await expectStep(page, "schedule");
  await page.getByRole("radio", { name: "Every so often" }).check();
  await goOn(page, "review");
  await expect(page.getByRole("region", { name: "Your answers" })).toContainText(/Every \d+ hours|Every hour/);
});

test("an address of a step that is not open yet leads to the first one that is, and says so", async ({
  signedIn: page,
}) => {
  await beginFlow(page);
  const draft = page.url().replace(/\/credentials.*$/, "");
  for (const step of ["review", "mapping", "nonsense"]) {
    await page.goto(`${draft}/${step}`);
    await expectStep(page, "credentials");
  }
  await page.goto(`${draft}/mapping`);
  await expect(page.getByRole("status").filter({ hasText: "“Map the columns” opens as soon as" })).toBeVisible();
});

test("two tabs that change the same step meet, and the person decides whose answers stay", async ({
  signedIn: page,
  complaints,
}) => {
  complaints.expect(/status of 409 .*\/api\/drafts\/[^/]+\/step$/);
  await beginFlow(page);
  await fillIn(page, "first.example.com");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await fillIn(other, "second.example.com");
  await expect(other.getByText("Saved", { exact: true })).toBeVisible();

  await fillIn(page, "third.example.com");
  const question = page.getByRole("dialog", { name: "This flow was changed somewhere else" });
  await question.getByRole("button", { name: "Load the newer answers" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByLabel("Server address")).toHaveValue("second.example.com");

  await fillIn(page, "fourth.example.com");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await fillIn(other, "fifth.example.com");
  await other.getByRole("button", { name: "Keep mine" }).click();
  await expect(other.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Server address")).toHaveValue("fifth.example.com");
});

test("a session that ends in the middle is asked for over the page, and what was typed stays", async ({
  signedIn: page,
  account,
  complaints,
}) => {
  complaints.expect(/status of 401 .*\/api\//);
  await beginFlow(page);
  await fillIn(page, "first.example.com");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.context().clearCookies();
  await page.getByLabel("Server address").fill("second.example.com");

  const question = page.getByRole("dialog", { name: "Please sign in again" });
  await question.getByLabel("E-mail").fill(account.email);
  await question.getByLabel("Password", { exact: true }).fill(account.password);
  await question.getByRole("button", { name: "Sign in" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByLabel("Server address")).toHaveValue("second.example.com");
  await page.getByRole("button", { name: "Try again" }).click();
  await reloadWhenSaved(page);
  await expect(page.getByLabel("Server address")).toHaveValue("second.example.com");
});

/** Chooses to make a new connection and types its server. */
async function fillIn(page: Page, host: string): Promise<void> {
  const card = page.getByRole("radio", { name: "A new connection" });
  await expect(page.getByLabel("Server address").or(card).first()).toBeVisible();
  if (await card.isVisible()) await card.check();
  await page.getByLabel("Server address").fill(host);
}

async function reloadWhenSaved(page: Page): Promise<void> {
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const heading = page.getByRole("heading", { level: 1 });
  const title = await heading.innerText();
  await page.reload();
  await expect(heading).toHaveText(title);
}

async function reachReview(page: Page, site: Site, shop: TestDatabase, ledger: TestDatabase): Promise<void> {
  await saveConnection(site, shop);
  await saveConnection(site, ledger);
  await beginFlow(page);
  await page.getByRole("radio", { name: shop.database, exact: true }).check();
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await chooseTable(page, "albums");
  await goOn(page, "destination");
  await chooseDestinationDatabase(page, ledger.database);
  await letCreateTable(page, "albums");
  await goOn(page, "mapping");
  await goOn(page, "schedule");
  await page.getByRole("radio", { name: "Only when I press Run now" }).check();
  await goOn(page, "review");
  await expect(page).toHaveTitle(new RegExp(`^${stepTitles.review}`));
}
