import { createDatabase } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { expectRunSucceeded, listedRuns, runNow } from "../pages/flow.ts";
import { figure } from "../pages/wizard.ts";
import { makeFlow, saveConnection } from "../site.ts";

const members = "create table members (id integer primary key, name text not null)";
const countQuery = "select count(*)::int as rows from members";

test("a mirror asks before it deletes 300 of 1,000 rows, and goes on for that number only [G4]", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  const club = await createDatabase({ server: sourceServer });
  const copy = await createDatabase({ server: destinationServer });
  await club.query(`${members}; insert into members select n, 'Member ' || n from generate_series(1, 1000) n`);
  await copy.query(members);
  const rowsThere = async () => (await copy.query<{ rows: number }>(countQuery)).rows[0]?.rows;
  const name = `Members of ${club.database}`;
  const flowId = await makeFlow(site, {
    name,
    source: await saveConnection(site, club),
    destination: await saveConnection(site, copy),
    table: { schema: "public", name: "members" },
    columns: ["id", "name"],
    writeMode: "mirror",
    syncKey: ["id"],
  });
  await page.goto(`/flows/${flowId}`);
  await runNow(page);
  await expectRunSucceeded(page);
  expect(await rowsThere()).toBe(1000);

  await club.query("delete from members where id > 700");
  await runNow(page);
  await expect(listedRuns(page).first()).toContainText("Needs your answer", { timeout: 45_000 });
  expect(await rowsThere()).toBe(1000);

  await page.getByRole("link", { name: "All flows" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await row.getByRole("link", { name: "Answer its question" }).click();
  const question = page.getByRole("region", { name: "This run asks you first" });
  await expect(question.getByText("300 of 1,000 rows would be deleted")).toBeVisible();
  const number = question.getByLabel("To go on, type 300");
  await number.fill("30");
  await number.press("Enter");
  await expect(number).toHaveAccessibleDescription(/This is not the number of rows/);
  await expect(number).toBeFocused();
  expect(await rowsThere()).toBe(1000);

  await number.fill("300");
  await number.press("Enter");
  const receipt = page.getByRole("region", { name: "Receipt" });
  await expect(figure(receipt, "Deleted")).toHaveText("300", { timeout: 45_000 });
  await expect(receipt).toContainText("all 700 rows are accounted for");
  expect(await rowsThere()).toBe(700);
});
