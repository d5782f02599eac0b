import { readFile } from "node:fs/promises";
import { createDatabase } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { listedRuns, runNow } from "../pages/flow.ts";
import { makeFlow, saveConnection } from "../site.ts";

test("three rows that the destination refuses are set aside, listed, and downloaded", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  const club = await createDatabase({ server: sourceServer });
  const copy = await createDatabase({ server: destinationServer });
  await club.query(`create table payments (id integer primary key, amount integer not null, note text);
    insert into payments
    select n, case when n = 17 then -5 else n end, case when n in (40, 90) then repeat('x', 21) else 'paid' end
      from generate_series(1, 200) n`);
  await copy.query(`create table payments (id integer primary key,
    amount integer not null constraint amount_positive check (amount > 0), note varchar(20))`);
  const name = `Payments of ${club.database}`;
  const flowId = await makeFlow(site, {
    name,
    source: await saveConnection(site, club),
    destination: await saveConnection(site, copy),
    table: { schema: "public", name: "payments" },
    columns: ["id", "amount", "note"],
    writeMode: "upsert",
    badRows: "set_aside",
    syncKey: ["id"],
  });
  await page.goto(`/flows/${flowId}`);
  await runNow(page);
  await expect(listedRuns(page).first()).toContainText("Finished with problems", { timeout: 45_000 });
  expect((await copy.query("select from payments")).rowCount).toBe(197);

  await page.getByRole("link", { name: "All flows" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await row.getByRole("link", { name: "Look at 3 rows set aside" }).click();
  const list = page.getByRole("table", { name: "Rows set aside" });
  await expect(list.getByRole("row", { name: /17/ })).toContainText("amount_positive");
  await expect(list.getByRole("row", { name: /40/ })).toContainText("A value is too long");
  await expect(list.getByRole("row", { name: /90/ })).toContainText("A value is too long");
  await expect(list.getByRole("row")).toHaveCount(4);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as CSV" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^rejected-rows-.*\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe("row,column,rule,reason,code");
  expect(lines.slice(1).toSorted().join("\n")).toMatch(/\b17\b.*value_refused\n.*\b40\b.*value_too_long\n.*\b90\b/);

  await club.query("update payments set amount = 5 where id = 17; delete from payments where id = 90");
  await page.getByRole("button", { name: "Try these rows again" }).click();
  await expect(page.getByText("1 row that was to be tried again could not be found")).toBeVisible({ timeout: 45_000 });
  await expect(list.getByRole("row", { name: /40/ })).toContainText("A value is too long", { timeout: 45_000 });
  await expect(list.getByRole("row", { name: /90/ })).toContainText("No row with this key");
  await expect(list.getByRole("row")).toHaveCount(3);
  expect((await copy.query("select from payments")).rowCount).toBe(198);
});
