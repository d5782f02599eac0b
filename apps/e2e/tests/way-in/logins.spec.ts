import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { expect, test } from "../../fixtures.ts";
import { canaryPassword, watchForLeaks } from "../../leaks.ts";
import { axeViolations } from "../../pages/axe.ts";
import { expectAllGranted, grantScript, rightsNeeded } from "../../pages/grants.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import {
  expectRefused,
  expectWorks,
  followToField,
  makeParcels,
  messageForAdministrator,
  pasteIntoNewFlow,
} from "../../pages/way-in.ts";
import { goOn } from "../../pages/wizard.ts";
import type { Login } from "../../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a psql line with a wrong password: asked for again at its field, and neither one turns up anywhere [B93, R24, R30]", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const { login } = await makeParcels(sourceServer);
  const { host, port, database, user, password } = login;
  const mistyped = canaryPassword();
  const leaks = [password, mistyped].map((secret) => watchForLeaks(page.context(), product, secret));
  const word = `'${mistyped.replaceAll("'", String.raw`'\''`)}'`;
  await pasteIntoNewFlow(page, site, `PGPASSWORD=${word} psql -h ${host} -p ${port} -U ${user} -d ${database}`);
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Sign in",
    title: "User name or password is not right",
    why: "One of them was mistyped or changed, or the password has run out. The server does not say which.",
    next: "Type the password again with “Show password” on, and look for a space at the end.",
  });
  expect(await messageForAdministrator(page)).toContain(String.raw`\password "${user}"`);
  await expectGoodLooks(page, "way-in-password-failed");

  const field = page.getByLabel("Password", { exact: true });
  await followToField(page, field);
  // Everything that was typed is there again, but for the password, which never comes back.
  await expect(field).toHaveValue("");
  const typed = { "Server address": host, Port: String(port), Database: database, User: user };
  for (const [label, value] of Object.entries(typed))
    await expect(page.getByLabel(label, { exact: true })).toHaveValue(value);
  await field.fill(password);
  await page.keyboard.press("Enter");
  await expectWorks(page, /1 table, not encrypted/);
  expect(await axeViolations(page)).toEqual([]);
  for (const { expectNone } of leaks) await expectNone(page);
});

test("a JDBC address with a misspelt database: the right name is offered, and put in at its field", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const name = `parcels_${randomBytes(4).toString("hex")}`;
  const { login } = await makeParcels(sourceServer, { name });
  const { host, port, user, password } = login;
  const misspelt = name.replace("parcels", "parcel");
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = encodeURIComponent(password);
  const text = `jdbc:postgresql://${host}:${port}/${misspelt}?user=${user}&password=${secret}`;
  await pasteIntoNewFlow(page, site, text);
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Open the database",
    title: `There is no database “${misspelt}” on this server`,
    why: "The name is misspelt (capital letters count), or it is on another server.",
    next: new RegExp(`Check the name of the database\\. There is: .*${name}`),
  });
  expect(await messageForAdministrator(page)).toContain("SELECT datname FROM pg_database");
  await expectGoodLooks(page, "way-in-database-failed");

  const field = page.getByLabel("Database", { exact: true });
  await followToField(page, field);
  await field.fill(name);
  // Where the password goes has not changed, so nobody asks for it again.
  await goOn(page, "test");
  await expectWorks(page, /1 table, not encrypted/);
  expect(await axeViolations(page)).toEqual([]);
  await leaks.expectNone(page);
});

test("Adobe's string for a login without rights: the script is run, each line ticked, and the test passes [AD-01, AD-06]", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const { database, login } = await makeParcels(sourceServer, { grants: [] });
  const { host, port, user, password } = login;
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = `"${password.replaceAll('"', '""')}"`;
  const text = `Server=${host};Database=${login.database};Port=${port};UID=${user};Password=${secret};EncryptionMethod=6`;
  await pasteIntoNewFlow(page, site, text);
  await expect(page.getByRole("combobox", { name: "Encryption" })).toHaveValue("Use if available");
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Read a table",
    title: `“${user}” may not read “parcels”`,
    why: "The right to read this table is missing.",
    next: "Choose another table, or send the message below to whoever runs the database.",
  });
  const rights = rightsNeeded(page);
  await expect(rights).toContainText("One right is missing");
  const message = await messageForAdministrator(page);
  expect(message).toContain('GRANT SELECT ON TABLE "public"."parcels"');
  await expectGoodLooks(page, "way-in-rights-failed");

  await database.query(await grantScript(rights));
  await expectAllGranted(rights);
  await page.getByRole("button", { name: "Test again" }).click();
  await expectWorks(page, /1 table, not encrypted/);
  expect(await axeViolations(page)).toEqual([]);
  await leaks.expectNone(page);
});

test("Adobe's definition while all places are taken: tested again once there is room, nothing moving under the pointer [B96]", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const { database, login } = await makeParcels(sourceServer, { attributes: "connection limit 2" });
  const { host, port, user, password } = login;
  const programs = await Promise.all([openSession(login), openSession(login)]);
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = `"${password.replaceAll('"', '""')}"`;
  const connectionString = `Server=${host};Database=${login.database};Port=${port};UID=${user};Password=${secret}`;
  const auth = { specName: "Connection String Based Authentication", params: { connectionString } };
  await pasteIntoNewFlow(page, site, JSON.stringify({ name: `Parcels of ${user}`, auth }, null, 2));
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Sign in",
    title: `“${user}” has no free place`,
    why: "This user may only have a certain number of connections at a time, and all of them are in use.",
    next: "Try again in a minute, or ask for a higher limit for this user.",
  });
  const again = page.getByRole("button", { name: "Test again" });
  const place = await again.boundingBox();
  expect(await messageForAdministrator(page)).toContain(`ALTER ROLE "${user}" CONNECTION LIMIT 20;`);
  expect(await again.boundingBox()).toEqual(place);
  await expectGoodLooks(page, "way-in-full-failed");

  for (const program of programs) await program.end();
  const sessions = `select from pg_stat_activity where usename = '${user}'`;
  await expect.poll(async () => (await database.query(sessions)).rowCount, { timeout: 30_000 }).toBe(0);
  const before = await again.boundingBox();
  await again.click();
  await expectWorks(page, /1 table, not encrypted/);
  expect(await again.boundingBox()).toEqual(before);
  expect(await axeViolations(page)).toEqual([]);
  await leaks.expectNone(page);
});

async function openSession({ host, port, database, user, password }: Login): Promise<Client> {
  const client = new Client({ host, port, database, user, password, ssl: false });
  await client.connect();
  return client;
}
