import { createDatabase, createRole } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { expectAllGranted, grantLine, grantScript, rightsNeeded } from "../pages/grants.ts";
import {
  beginFlow,
  chooseDestinationDatabase,
  chooseExistingTable,
  chooseWriteMode,
  dryRunCount,
  expectTestPassed,
  fillConnection,
  goOn,
  start,
  tableOption,
} from "../pages/wizard.ts";
import { expectRunSucceeded } from "../pages/flow.ts";
import { saveConnection } from "../site.ts";

test("a login without rights is shown the script, and each line is ticked once it was run", async ({
  signedIn: page,
  sourceServer,
}) => {
  const database = await createDatabase({ server: sourceServer });
  await database.query("create table parcels (id integer primary key); create table letters (id integer)");
  const login = { ...database, ...(await createRole(database)) };
  await beginFlow(page);
  await fillConnection(page, login);
  await goOn(page, "test");

  const rights = rightsNeeded(page);
  await page.getByRole("radio", { name: "Only letters" }).check();
  await expect(rights).toContainText("One right is missing");
  const lines = rights.getByRole("listitem");
  await expect(lines).toHaveCount(4);
  await expect(lines.nth(1)).toContainText("Granted: Enters the schema");
  await expect(lines.nth(2)).toContainText("Missing: Reads the rows");
  await expect(lines.nth(3)).toContainText("Optional");
  await rights.getByRole("button", { name: "Check again" }).click();
  await expect(rights.getByRole("status")).toContainText(["Nothing has changed yet. One right is missing."]);

  await page.getByRole("radio", { name: "All of schema public" }).check();
  await expect(grantLine(rights, "GRANT SELECT ON ALL TABLES")).toContainText("Missing");
  await database.query(await grantScript(rights));
  await expectAllGranted(rights);
  await page.getByRole("button", { name: "Test again" }).click();
  await expectTestPassed(page);
  await goOn(page, "table");
});

test("rights to write are asked for before the run, ticked one by one, and missed again in the review", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  const shop = await createDatabase({ server: sourceServer });
  await shop.query("create table parcels (id integer primary key, note text); insert into parcels values (1, 'a')");
  const store = await createDatabase({ server: destinationServer });
  await store.query("create table parcels (id integer primary key, note text)");
  const writer = await createRole(store, { grants: ["select on parcels", `create on database ${store.database}`] });
  await saveConnection(site, shop);
  await saveConnection(site, { ...store, ...writer });

  await beginFlow(page);
  await page.getByRole("radio", { name: shop.database, exact: true }).check();
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await tableOption(page, "parcels").click();
  await goOn(page, "destination");
  await chooseDestinationDatabase(page, store.database);
  await chooseExistingTable(page, "parcels");

  const rights = rightsNeeded(page);
  await chooseWriteMode(page, "Add only");
  await expect(rights).toContainText("One right is missing");
  await chooseWriteMode(page, "Add and update");
  await expect(rights).toContainText("2 rights are missing");
  await expect(grantLine(rights, "GRANT SELECT")).toContainText("Granted");
  const [insert, update] = [grantLine(rights, "GRANT INSERT"), grantLine(rights, "GRANT UPDATE")];
  for (const line of [insert, update]) await expect(line).toContainText("Missing");

  await store.query(await insert.locator("code").innerText());
  await rights.getByRole("button", { name: "Check again" }).click();
  await expect(rights.getByRole("status")).toContainText(["Now granted: Adds rows. One right is missing."]);
  await expect(insert).toContainText("Granted");
  await expect(update).toContainText("Missing");
  await store.query(await grantScript(rights));
  await expectAllGranted(rights);
  await goOn(page, "mapping");
  await goOn(page, "schedule");

  await store.query(`revoke update on parcels from ${writer.user}`);
  await goOn(page, "review");
  await expect(page.getByRole("alert")).toContainText("may not write");
  const line = grantLine(rights, "GRANT UPDATE");
  await expect(line).toContainText("Missing");
  await expect(line).toContainText('("note")');
  await store.query(await line.locator("code").innerText());
  await expectAllGranted(rights);
  await page.getByRole("button", { name: "Count again" }).click();
  await expect(dryRunCount(page, "New")).toHaveText("1");
  await start(page, `Parcels of ${shop.database}`);
  await expectRunSucceeded(page);
});

test("somebody without a login gets a script that makes one, and can sign in with it", async ({
  signedIn: page,
  sourceServer,
}) => {
  const database = await createDatabase({ server: sourceServer });
  await database.query("create table parcels (id integer primary key)");
  const user = `reader ${database.database}`;
  const password = "the boats carry rivers";
  await beginFlow(page);
  await fillConnection(page, { ...database, user, password });
  await page.getByRole("button", { name: "Get a script that makes one" }).click();
  const dialog = page.getByRole("dialog", { name: "A login for Headgate" });
  await expect(dialog.getByLabel("User name of the new login")).toHaveValue(user);
  await dialog.getByLabel("Schemas or tables").fill("public.parcels");
  const script = dialog.getByRole("region", { name: "Script" });
  await expect(script).toContainText('GRANT SELECT ON TABLE "public"."parcels"');
  expect(await script.innerText()).not.toContain(password);
  await database.query((await script.innerText()).replace(/<[^>]+>/, `'${password}'`));

  await dialog.getByRole("button", { name: "Put user and database into the form" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(password);
  await goOn(page, "test");
  await expectTestPassed(page);
});
