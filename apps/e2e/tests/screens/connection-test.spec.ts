import { createDatabase, createRole, listen, startPostgres } from "@headgate/testkit";
import { expect, test } from "../../fixtures.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import { beginFlow, expectTestPassed, fillConnection, goOn } from "../../pages/wizard.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a test that passes, with all there is to say, looks good", async ({ signedIn: page }) => {
  test.setTimeout(300_000);
  const server = await startPostgres({ tls: true });
  const database = await createDatabase({ server });
  await database.query(`create table parcels (id int); create table letters (id int);
    alter table letters enable row level security; create policy none on letters using (false)`);
  const grants = ["select, insert on parcels", "select on letters"];
  await beginFlow(page);
  await fillConnection(page, { ...database, ...(await createRole(database, { grants })), host: "localhost" });
  await goOn(page, "test");
  await expectTestPassed(page);
  await expect(page.getByText("You may see only part of the rows")).toBeVisible();
  await expectGoodLooks(page, "test-passed");
  await server.stop();
});

test("a test that fails, its message for the administrator open, looks good", async ({ signedIn: page }) => {
  test.setTimeout(300_000);
  const mysql = await listen((socket) => socket.once("data", () => socket.write("J\0\0\0\n8.0.36\0")));
  await beginFlow(page);
  await fillConnection(page, { ...mysql, database: "shop", user: "reader", password: "none-that-matters" });
  await goOn(page, "test");
  await expect(page.getByRole("alert")).toContainText(`What answers on port ${mysql.port} is MySQL, not PostgreSQL`);
  await page.getByText("Message for your administrator").click();
  await page.getByText("Technical details", { exact: true }).click();
  await expectGoodLooks(page, "test-failed");
  await mysql.close();
});

test("a test that was stopped looks good", async ({ signedIn: page }) => {
  test.setTimeout(300_000);
  const silent = await listen(() => {});
  await beginFlow(page);
  await fillConnection(page, { ...silent, database: "quiet_shop", user: "reader", password: "none-that-matters" });
  await goOn(page, "test");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("You stopped the test")).toBeVisible();
  await expectGoodLooks(page, "test-stopped");
  await silent.close();
});
