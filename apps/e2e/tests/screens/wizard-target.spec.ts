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
  goOn,
  letCreateTable,
  tableOption,
} from "../../pages/wizard.ts";
import { saveConnection } from "../../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("steps 4 to 7 look good to eyes and screen readers, also when something is wrong", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  test.setTimeout(300_000);
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
