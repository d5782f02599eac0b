import { createDatabase, createRole } from "@headgate/testkit";
import { expect, test } from "../../fixtures.ts";
import { rightsNeeded } from "../../pages/grants.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import {
  beginFlow,
  chooseDestinationDatabase,
  chooseExistingTable,
  continueButton,
  expectTestPassed,
  fillConnection,
  goOn,
  tableOption,
} from "../../pages/wizard.ts";
import { saveConnection } from "../../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("the script for an administrator looks good to eyes and screen readers wherever it stands", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  test.setTimeout(300_000);
  const shop = await createDatabase({ server: sourceServer });
  await shop.query("create table parcels (id integer primary key, note text)");
  const store = await createDatabase({ server: destinationServer });
  await store.query(`create table parcels (id integer primary key, note text, number serial);
    alter table parcels enable row level security`);
  const writer = await createRole(store, { grants: ["select on parcels"] });
  await saveConnection(site, shop);
  await saveConnection(site, { ...store, ...writer });

  await beginFlow(page);
  await fillConnection(page, { ...shop, ...(await createRole(shop)) });
  await page.getByRole("button", { name: "Get a script that makes one" }).click();
  const dialog = page.getByRole("dialog", { name: "A login for Headgate" });
  await expect(dialog.getByRole("region", { name: "Script" })).toBeVisible();
  await dialog.getByText("Message for your administrator").click();
  await expectGoodLooks(page, "grants-login");
  await page.keyboard.press("Escape");

  await goOn(page, "test");
  await expect(rightsNeeded(page)).toContainText("One right is missing");
  await page.getByText("Message for your administrator").click();
  await rightsNeeded(page).getByRole("button", { name: "Check again" }).click();
  await expect(rightsNeeded(page)).toContainText("Nothing has changed yet");
  await expectGoodLooks(page, "grants-source");

  await page.getByRole("link", { name: "Change the credentials" }).click();
  await page.getByRole("radio", { name: shop.database, exact: true }).check();
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await tableOption(page, "parcels").click();
  await goOn(page, "destination");
  await chooseDestinationDatabase(page, store.database);
  await chooseExistingTable(page, "parcels");
  await expect(rightsNeeded(page)).toContainText("A policy decides");
  await expectGoodLooks(page, "grants-destination");

  await goOn(page, "mapping");
  await goOn(page, "schedule");
  await continueButton(page).click();
  await expect(rightsNeeded(page)).toContainText("rights are missing");
  await expectGoodLooks(page, "grants-review");
});
