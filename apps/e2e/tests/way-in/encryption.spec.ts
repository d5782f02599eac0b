import { startPostgres, type TestServer } from "@headgate/testkit";
import type { Locator, Page } from "@playwright/test";
import { Client } from "pg";
import { expect, test } from "../../fixtures.ts";
import { watchForLeaks } from "../../leaks.ts";
import { axeViolations } from "../../pages/axe.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import {
  expectRefused,
  expectWorks,
  followToField,
  makeParcels,
  messageForAdministrator,
  pasteIntoNewFlow,
  resultOf,
  testWithPassword,
} from "../../pages/way-in.ts";
import { goOn } from "../../pages/wizard.ts";
import type { Login } from "../../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Lets its superuser in from here, everybody of the group `known`, but only encrypted, and nobody else. */
const hba = ["host all postgres all scram-sha-256", "hostssl all +known all scram-sha-256"];
let server: TestServer;

test.beforeAll(async () => {
  server = await startPostgres({ tls: { names: ["localhost"] }, hba });
  const postgres = new Client({ connectionString: server.url("postgres") });
  await postgres.connect();
  await postgres.query("create role known");
  await postgres.end();
});

test.afterAll(() => server.stop());

test("SQLAlchemy's URL to a server of an own authority: its certificate is added, then the name on it typed, and both are checked [B107]", async ({
  signedIn: page,
  product,
  site,
}) => {
  test.setTimeout(300_000);
  const { login } = await makeParcels(server, { attributes: "in role known" });
  const { port, database, user, password } = login;
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = encodeURIComponent(password);
  const address = `127.0.0.1:${port}/${database}?sslmode=verify-full`;
  await pasteIntoNewFlow(page, site, `postgresql+psycopg2://${user}:${secret}@${address}`);
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Agree on encryption",
    title: "We cannot confirm who 127.0.0.1 is",
    why: "Its certificate was issued by Headgate test authority, which we have no reason to trust yet.",
    next: "Ask for the certificate file of that authority",
  });
  expect(await messageForAdministrator(page)).toContain("Please send me the certificate (.pem) of the authority");
  await expectGoodLooks(page, "way-in-authority-failed");

  const authority = page.getByLabel("Certificate of the authority (optional)");
  await followToField(page, authority);
  await authority.fill(server.caCertificate ?? "");
  await testWithPassword(page, password);
  await expectRefused(page, {
    stage: "Agree on encryption",
    title: "The certificate of 127.0.0.1 is for another name",
    why: "It names localhost.",
    next: "Enter the name that stands on the certificate.",
  });
  expect(await messageForAdministrator(page)).toContain("Which name should I use");
  await expectGoodLooks(page, "way-in-name-failed");

  await followToField(page, page.getByLabel("Server address"));
  await page.getByLabel("Server address").fill("localhost");
  await testWithPassword(page, password);
  await expectWorks(page, /1 table, encrypted/);
  await expect(agreed(page, "Encryption")).toHaveText("TLS 1.3");
  await expect(agreed(page, "The server's identity")).toHaveText("Checked");
  await expect(agreed(page, "Certificate issued by")).toHaveText("Headgate test authority");
  await expect(agreed(page, "Made out to")).toHaveText("localhost");
  await expectGoodLooks(page, "way-in-authority-works");
  await leaks.expectNone(page);
});

test("Azure Data Factory's string with encryption off, where the server insists on it: switched on at its field", async ({
  signedIn: page,
  product,
  site,
}) => {
  test.setTimeout(300_000);
  const { login } = await makeParcels(server, { attributes: "in role known" });
  const { host, port, database, user, password } = login;
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = `"${password.replaceAll('"', '""')}"`;
  const text = `host=${host};database=${database};port=${port};uid=${user};password=${secret};EncryptionMethod=0`;
  await pasteIntoNewFlow(page, site, text);
  await expect(page.getByRole("combobox", { name: "Encryption" })).toHaveValue("Off");
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Sign in",
    title: `${host} only accepts encrypted connections`,
    why: "Encryption is switched off in your settings.",
    next: "Set Encryption to “Always” and test again.",
  });
  await expectGoodLooks(page, "way-in-encryption-failed");

  await followToField(page, page.getByRole("combobox", { name: "Encryption" }));
  await page.getByRole("combobox", { name: "Encryption" }).click();
  await page.getByRole("option", { name: "Always", exact: true }).click();
  await testWithPassword(page, password);
  await expectWorks(page, /1 table, encrypted/);
  await expect(agreed(page, "Encryption")).toHaveText("TLS 1.3");
  await expect(agreed(page, "The server's identity")).toHaveText("Not checked");
  await expectGoodLooks(page, "way-in-encryption-works");
  await leaks.expectNone(page);
});

test("Azure Data Factory's definition for somebody the server does not let in: the administrator adds the line of the message [AZ-01]", async ({
  signedIn: page,
  product,
  site,
}) => {
  test.setTimeout(300_000);
  const { database, login } = await makeParcels(server);
  const { host, port, user, password } = login;
  const leaks = watchForLeaks(page.context(), product, password);
  const typeProperties = {
    server: host,
    port: String(port),
    database: login.database,
    sslMode: 3,
    username: user,
    authenticationType: "BasicAuth",
    password: { type: "SecureString", value: password },
  };
  const properties = { type: "AzurePostgreSql", version: "2.0", typeProperties };
  await pasteIntoNewFlow(page, site, JSON.stringify({ name: `Parcels of ${user}`, properties }, null, 2));
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Sign in",
    title: `${host} does not let us in from here`,
    why: "The server keeps a list of who may come from where, and this user and address are not on it.",
    next: "Send the message below to whoever runs the database.",
  });
  const message = await messageForAdministrator(page);
  await expectGoodLooks(page, "way-in-list-failed");

  const line = /^ *(hostssl .*)$/m.exec(message)?.[1] ?? "";
  const { rows } = await database.query<{ hba_file: string }>("show hba_file");
  const lines = [...hba, line].map((text) => `('${text}')`).join(", ");
  await database.query(`copy (values ${lines}) to '${rows[0]?.hba_file}'`);
  await database.query("select pg_reload_conf()");
  // The server reads its list again when it gets to it.
  await expect.poll(() => isLetIn(login), { timeout: 30_000 }).toBe(true);

  await page.getByRole("button", { name: "Test again" }).click();
  await expectWorks(page, /1 table, encrypted/);
  expect(await axeViolations(page)).toEqual([]);
  await leaks.expectNone(page);
});

/** One of the things both sides agreed on. */
function agreed(page: Page, label: string): Locator {
  const term = page.getByRole("term").getByText(label, { exact: true });
  return resultOf(page).locator("dl > div", { has: term }).getByRole("definition");
}

async function isLetIn({ host, port, database, user, password }: Login): Promise<boolean> {
  const client = new Client({ host, port, database, user, password, ssl: { rejectUnauthorized: false } });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
