import { createRole } from "@headgate/testkit";
import { expect, test } from "../../fixtures.ts";
import { openLedger, openMusicShop } from "../../music-shop.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import {
  beginFlow,
  chooseDestinationDatabase,
  chooseExistingTable,
  continueButton,
  dryRunCount,
  expectStep,
  expectTestPassed,
  fillConnection,
  goOn,
  letCreateTable,
  tableOption,
} from "../../pages/wizard.ts";
import { saveConnection } from "../../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("steps 1 to 3 look good to eyes and screen readers, also when something is wrong", async ({
  signedIn: page,
  sourceServer,
}) => {
  test.setTimeout(180_000);
  const shop = await openMusicShop(sourceServer);
  const reader = { ...shop, ...(await createRole(shop, { grants: ["select on all tables in schema public"] })) };
  await beginFlow(page);
  await fillConnection(page, { ...reader, host: "bad host", port: 99999 });
  await continueButton(page).click();
  await expect(page.getByRole("alert")).toContainText("There is a problem");
  await expectGoodLooks(page, "1-credentials-faults");

  await fillConnection(page, { ...reader, password: "not the right one" });
  await goOn(page, "test");
  await expect(page.getByRole("alert")).toContainText("User name or password is not right");
  await page.getByText("Message for your administrator").click();
  await page.getByText("Technical details").click();
  await expectGoodLooks(page, "2-test-failed");

  await page.getByRole("link", { name: "Change the credentials" }).click();
  await page.getByLabel("Password", { exact: true }).fill(reader.password);
  await goOn(page, "test");
  await expectTestPassed(page);
  await expectGoodLooks(page, "2-test-passed");

  await goOn(page, "table");
  await tableOption(page, "tracks").click();
  await expect(page.getByRole("region", { name: "Preview of tracks" })).toContainText("Track 1");
  await expectGoodLooks(page, "3-table");
  await page.getByRole("searchbox", { name: "Search tables" }).fill("no such table");
  await expect(page.getByText("No table or view has")).toBeVisible();
  await expectGoodLooks(page, "3-table-nothing-found");
});

test("steps 4 to 7 look good to eyes and screen readers, also when something is wrong", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  test.setTimeout(180_000);
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
  await ledger.query("create table albums (album_id integer not null, title varchar(10), released timestamptz)");
  await saveConnection(site, shop);
  await saveConnection(site, ledger);
  await beginFlow(page);
  await page.getByRole("radio", { name: shop.database, exact: true }).check();
  await expectGoodLooks(page, "1-credentials");
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await tableOption(page, "albums").click();
  await goOn(page, "destination");
  await expectGoodLooks(page, "4-destination-database");

  await chooseDestinationDatabase(page, ledger.database);
  await letCreateTable(page, "albums");
  await continueButton(page).click();
  await expect(page.getByRole("alert")).toContainText("There is a problem");
  await expectGoodLooks(page, "4-destination-name-taken");
  await chooseExistingTable(page, "albums");
  await expect(page.getByText("has no unique key")).toBeVisible();
  await expectGoodLooks(page, "4-destination-no-key");
  await goOn(page, "mapping");
  await expectGoodLooks(page, "5-mapping-existing");

  await page.goBack();
  await expectStep(page, "destination");
  await letCreateTable(page, "albums_again");
  await goOn(page, "mapping");
  await page.getByLabel("Name in the destination for title").fill("album_id");
  await continueButton(page).click();
  await expect(page.getByRole("alert")).toContainText("Two columns are both called album_id");
  await expectGoodLooks(page, "5-mapping-faults");
  await page.getByLabel("Name in the destination for title").fill("title");

  await goOn(page, "schedule");
  await page.getByRole("radio", { name: "Custom (cron)" }).check();
  await page.getByLabel("Cron expression").fill("99 7 * * *");
  await continueButton(page).click();
  await expect(page.getByRole("alert")).toContainText("There is a problem");
  await expectGoodLooks(page, "6-schedule-faults");
  await page.getByRole("radio", { name: "On certain days" }).check();
  await expectGoodLooks(page, "6-schedule");

  await goOn(page, "review");
  await expect(dryRunCount(page, "New")).toHaveText("180");
  await expectGoodLooks(page, "7-review");
});
