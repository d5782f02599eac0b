import { createDatabase, createRole, type TestDatabase } from "@headgate/testkit";
import type { Locator, Page } from "@playwright/test";
import { escapeLiteral } from "pg";
import { expect, test } from "../fixtures.ts";
import { canaryPassword, watchForLeaks } from "../leaks.ts";
import { expectRunSucceeded, runNow } from "../pages/flow.ts";
import { expectGoodLooks } from "../pages/looks.ts";
import { makeFlow, saveConnection } from "../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** The row of a connection in the list. */
function rowOf(page: Page, name: string): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

async function orders(database: TestDatabase): Promise<TestDatabase> {
  await database.query("create table orders (id integer primary key, total numeric)");
  return database;
}

test("a password that was changed at the database is noticed, replaced in one place, and every flow goes on [R24]", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
  destinationServer,
}) => {
  test.setTimeout(300_000);
  const database = await orders(await createDatabase({ server: sourceServer }));
  const warehouse = await orders(await createDatabase({ server: destinationServer }));
  await database.query("insert into orders select n, n * 1.5 from generate_series(1, 12) n");
  const inFiveDays = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const role = await createRole(database, { grants: ["select on orders"], attributes: `valid until '${inFiveDays}'` });
  const name = `Shop ${database.database}`;
  const source = await saveConnection(site, { ...database, ...role }, name);
  const destination = await saveConnection(site, warehouse);
  const plan = { source, destination, table: { schema: "public", name: "orders" }, columns: ["id", "total"] };
  const flowIds: string[] = [];
  for (const flow of [`Orders of ${name}`, `Totals of ${name}`])
    flowIds.push(await makeFlow(site, { ...plan, name: flow, writeMode: "upsert", syncKey: ["id"] }));

  const password = canaryPassword();
  const leaks = watchForLeaks(page.context(), product, password);
  await database.query(`alter role ${role.user} password ${escapeLiteral(password)}`);

  await page.goto("/connections");
  const row = rowOf(page, name);
  await expect(row).toContainText("The password of this user ends in");
  await row.getByRole("button", { name: /^Test again/ }).click();
  await expect(row).toContainText("Does not work");
  await expect(row).toContainText("User name or password is not right");
  await expect(row).toContainText("by hand");
  await row.getByText("2 flows").click();
  await expect(row).toContainText(`Orders of ${name}`);
  await expectGoodLooks(page, "connections-attention");
  await page.goto("/");
  await expect(page.getByRole("link", { name: `Connection “${name}” needs attention` })).toHaveCount(2);
  await expectGoodLooks(page, "flows-attention");

  await page.goto(`/flows/${flowIds[0]}`);
  await page.getByRole("link", { name: "Look at the connection" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByText("User name or password is not right").first()).toBeVisible();
  await expectGoodLooks(page, "connection-attention");

  await page.getByRole("button", { name: "Change the password" }).click();
  const dialog = page.getByRole("dialog", { name: "Change the password" });
  await expect(dialog).toContainText(`Totals of ${name}`);
  await dialog.getByLabel("New password", { exact: true }).fill("not the right one");
  await dialog.getByRole("button", { name: "Test and save" }).click();
  await expect(dialog.getByText("The new password was not saved. The old one is still in place.")).toBeVisible();
  await expectGoodLooks(page, "rotation-refused");
  await dialog.getByLabel("New password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Test again and save" }).click();
  await expect(dialog.getByText("The new password works and is saved")).toBeVisible();
  await expect(dialog).toContainText("2 flows will use it from the next run on.");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.locator("header").filter({ has: page.getByRole("heading", { level: 1 }) })).toContainText("Works");
  await leaks.expectNone(page);

  for (const flowId of flowIds) {
    await page.goto(`/flows/${flowId}`);
    await runNow(page);
    await expectRunSucceeded(page);
  }
});
