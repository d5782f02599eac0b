import { createDatabase } from "@headgate/testkit";
import { expect, test } from "../../fixtures.ts";
import { listedRuns, runNow } from "../../pages/flow.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import {
  beginFlow,
  chooseDestinationDatabase,
  chooseExistingTable,
  dryRunCount,
  expectTestPassed,
  goOn,
  start,
  tableOption,
} from "../../pages/wizard.ts";
import { makeFlow, saveConnection } from "../../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const pupils = "create table pupils (id integer primary key, name varchar(12) not null)";

test("modes, a run that asks and rows set aside look good to eyes and screen readers", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  test.setTimeout(300_000);
  const school = await createDatabase({ server: sourceServer });
  const copy = await createDatabase({ server: destinationServer });
  await school.query(`${pupils}; insert into pupils select n, 'Pupil ' || n from generate_series(1, 900) n; analyze`);
  await copy.query(`${pupils}; insert into pupils select n, 'Pupil ' || n from generate_series(1, 1000) n`);
  const source = await saveConnection(site, school);
  const destination = await saveConnection(site, copy);

  await beginFlow(page);
  await page.getByRole("radio", { name: source.name, exact: true }).check();
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await tableOption(page, "pupils").click();
  await goOn(page, "destination");
  await chooseDestinationDatabase(page, destination.name);
  await chooseExistingTable(page, "pupils");
  await expect(page.getByRole("radio", { name: "Add and update", exact: true })).toBeChecked();
  await expectGoodLooks(page, "4-destination-mode");
  await page.getByRole("button", { name: /^More ways/ }).click();
  await page.getByRole("radio", { name: "Keep the same", exact: true }).check();
  await expectGoodLooks(page, "4-destination-all-modes");
  await goOn(page, "mapping");
  await goOn(page, "schedule");
  await goOn(page, "review");
  await expect(dryRunCount(page, "Rows read")).toHaveText("900");
  await expectGoodLooks(page, "7-review-mirror");
  const name = `Pupils of ${school.database}`;
  await start(page, name);
  await expect(page.getByRole("link", { name: "Answer its question" })).toBeVisible({ timeout: 45_000 });
  await expect(listedRuns(page).first()).toContainText("Needs your answer");
  await expectGoodLooks(page, "flow-asks");
  await page.getByRole("link", { name: "Answer its question" }).click();
  await page.getByLabel("To go on, type 1000").fill("1");
  await page.getByRole("button", { name: "Go on with the run" }).click();
  await expect(page.getByText(/This is not the number of rows/)).toBeVisible();
  await expectGoodLooks(page, "run-asks");

  await school.query(
    "alter table pupils alter name type text; update pupils set name = 'Pupil of the year' where id <= 12",
  );
  const lacking = await makeFlow(site, {
    name: `${name}, again`,
    source,
    destination,
    table: { schema: "public", name: "pupils" },
    columns: ["id", "name"],
    writeMode: "upsert",
    badRows: "set_aside",
    syncKey: ["id"],
  });
  await page.goto(`/flows/${lacking}`);
  await runNow(page);
  await expect(listedRuns(page).first()).toContainText("Finished with problems", { timeout: 45_000 });
  await expectGoodLooks(page, "flow-set-aside");
  await page.getByRole("link", { name: "Look at 12 rows set aside" }).click();
  await expect(page.getByRole("table", { name: "Rows set aside" })).toBeVisible();
  await expectGoodLooks(page, "run-set-aside");
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Answer its question" })).toBeVisible();
  await expectGoodLooks(page, "flows-waiting");
});
