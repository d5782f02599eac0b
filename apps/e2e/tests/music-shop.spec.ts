import { expect, test } from "../fixtures.ts";
import { lineColumns, lineCount, openLedger, openMusicShop } from "../music-shop.ts";
import { backToFlow, expectReceipt, expectRunSucceeded, openNewestRun, runNow } from "../pages/flow.ts";
import {
  beginFlow,
  chooseDestinationDatabase,
  chooseExistingTable,
  chooseSchema,
  chooseTable,
  chooseWriteMode,
  dryRunCount,
  expectTestPassed,
  fillConnection,
  goOn,
  letCreateTable,
  start,
  tableOption,
} from "../pages/wizard.ts";
import { expectSameRows, rowTexts } from "../row-texts.ts";
import { saveConnection } from "../site.ts";

const lines = `select ${lineColumns.join(", ")} from sales.invoice_lines`;

test("invoice lines are added and updated in another server's table; then one changes, and one is changed [CE-03, RS-06, RS-08, DD-08, DD-09, DD-10, AD-18]", async ({
  signedIn: page,
  sourceServer,
  destinationServer,
}) => {
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
  // Forty lines are there already, ten of them as they were before; one line is the destination's own.
  for (const row of await rowTexts(shop, `${lines} where invoice_line_id <= 40`))
    await ledger.query("insert into sales.invoice_lines select ($1::sales.invoice_lines).*", [row]);
  await ledger.query(`
    update sales.invoice_lines set quantity = quantity + 10 where invoice_line_id <= 10;
    insert into sales.invoice_lines values (1000000, 1, 1, 0.99, 1, 'typed in by hand')`);

  await beginFlow(page);
  await fillConnection(page, shop);
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await chooseSchema(page, "sales");
  await expect(tableOption(page, "artists")).toHaveCount(0);
  await tableOption(page, "invoice_lines").click();
  await expect(page.getByRole("region", { name: "Preview of invoice_lines" })).toContainText("line 3");
  await goOn(page, "destination");
  await fillConnection(page, ledger);
  await page.getByRole("button", { name: "Test and use this connection" }).click();
  await chooseExistingTable(page, "invoice_lines");
  await chooseWriteMode(page, "Add and update");
  await goOn(page, "mapping");
  await expect(page.getByText("6 of 6 columns selected")).toBeVisible();
  await goOn(page, "schedule");
  await page.getByRole("radio", { name: "On certain days" }).check();
  // Monday to Friday are ticked already.
  for (const day of ["Tuesday", "Wednesday", "Thursday", "Friday"]) await page.getByText(day, { exact: true }).click();
  await page.getByLabel("Time 1").fill("07:30");
  const nextRuns = page.getByRole("list", { name: "Next runs" }).getByRole("listitem");
  await expect(nextRuns).toHaveCount(5);
  for (const run of await nextRuns.all()) await expect(run).toContainText(/Mon.*07:30/);
  await goOn(page, "review");
  await expect(page.getByRole("region", { name: "Your answers" })).toContainText("6 of 6 columns");
  await expect(dryRunCount(page, "Rows read")).toHaveText("2,240");
  await expect(dryRunCount(page, "New")).toHaveText("2,200");
  await expect(dryRunCount(page, "Changed")).toHaveText("10");
  await expect(dryRunCount(page, "Same as before")).toHaveText("30");
  await start(page, "Invoice lines to the ledger");

  await expectRunSucceeded(page);
  await openNewestRun(page);
  await expectReceipt(page, { read: lineCount, created: 2200, updated: 10, unchanged: 30 });
  await expectSameRows([shop, lines], [ledger, `${lines} where invoice_line_id <> 1000000`]);
  expect(await rowTexts(ledger, `${lines} where invoice_line_id in (50, 1000000)`)).toEqual([
    '(1000000,1,1,0.99,1,"typed in by hand")',
    `(50,9,351,1.99,3,"Gift for O'Brien 🎁")`,
  ]);

  await shop.query("update sales.invoice_lines set unit_price = 12345678.90, note = null where invoice_line_id = 777");
  await backToFlow(page);
  await runNow(page);
  await expectRunSucceeded(page, 2);
  await openNewestRun(page);
  // Only what was written since the first run is read.
  await expectReceipt(page, { read: 1, created: 0, updated: 1, unchanged: 0 });
  await expectSameRows([shop, lines], [ledger, `${lines} where invoice_line_id <> 1000000`]);
  expect(await rowTexts(ledger, `${lines} where invoice_line_id = 777`)).toEqual(["(777,130,250,12345678.90,1,)"]);
});

test("albums go into a table that Headgate makes, with some columns and other names [RS-05, RS-09, RS-10, RS-11, RS-12, RS-15]", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
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
  await letCreateTable(page, "Old Albums");
  await chooseWriteMode(page, "Add and update");
  await expect(page.getByRole("region", { name: "The statement Headgate will run" })).toContainText('"Old Albums"');
  await goOn(page, "mapping");
  await page.getByRole("searchbox", { name: "Search columns" }).fill("art");
  await expect(page.getByRole("checkbox", { name: /^Send / })).toHaveCount(1);
  await page.getByRole("checkbox", { name: "Send artist_id" }).uncheck();
  await page.getByRole("searchbox", { name: "Search columns" }).clear();
  await page.getByLabel("Name in the destination for title").fill("Nom de l'album");
  await expect(page.getByText("3 of 4 columns selected")).toBeVisible();
  const json = page.getByRole("region", { name: "One row as it arrives", exact: true });
  await expect(json).toContainText(`"Nom de l'album": "Álbum №1"`);
  await expect(json).not.toContainText("artist_id");
  await goOn(page, "schedule");
  await page.getByRole("radio", { name: "Only when I press Run now" }).check();
  await goOn(page, "review");
  await start(page, "Albums");

  await expectRunSucceeded(page);
  await openNewestRun(page);
  await expectReceipt(page, { read: 180, created: 180, updated: 0, unchanged: 0 });
  await expectSameRows([shop, "select album_id, title, released from albums"], [ledger, 'select * from "Old Albums"']);
  const { rows } = await ledger.query(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = '"Old Albums"'::regclass and attnum > 0 order by attnum`,
  );
  expect(rows).toEqual([
    { name: "album_id", type: "integer" },
    { name: "Nom de l'album", type: "character varying(160)" },
    { name: "released", type: "date" },
  ]);
});
