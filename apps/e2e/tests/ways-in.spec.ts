import { createPrivateKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createDatabase, createRole, makeAuthority, startPostgres } from "@headgate/testkit";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { canaryPassword, watchForLeaks } from "../leaks.ts";
import { expectGoodLooks } from "../pages/looks.ts";
import { expectTestPassed } from "../pages/wizard.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a definition from Azure Data Factory comes in, asks for its vault's secret, works, and goes out again without it [AZ-01, AZ-15]", async ({
  signedIn: page,
  product,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const database = await createDatabase({ server: sourceServer });
  await database.query("create table parcels (id integer primary key)");
  const { user, password } = await createRole(database, { grants: ["select on parcels"] });
  const store = { referenceName: "TeamVault", type: "LinkedServiceReference" };
  const typeProperties = {
    server: database.host,
    port: String(database.port),
    database: database.database,
    sslMode: 2,
    username: user,
    authenticationType: "BasicAuth",
    password: { type: "AzureKeyVaultSecret", store, secretName: "parcels-password" },
    commandTimeout: 0,
  };
  const properties = { type: "AzurePostgreSql", version: "2.0", annotations: ["team a"], typeProperties };
  const definition = { name: `Parcels_${database.database}`, properties };
  const leaks = watchForLeaks(page.context(), product, password);

  await page.goto("/connections/new");
  await paste(page, JSON.stringify(definition));
  await expect(page.getByText("Filled 6 fields.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/the vault TeamVault/);
  await expectGoodLooks(page, "connection-imported");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Server address")).toHaveValue("");
  await expect(page.getByText("Kept from the imported definition")).toBeHidden();

  await paste(page, JSON.stringify(definition));
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Save connection" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(definition.name);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expectTestPassed(page);

  await page.getByLabel("Connection name").fill(`${definition.name}_2`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${definition.name}_2`);
  await page.getByText("Kept from the imported definition").click();
  await expect(page.getByText("commandTimeout")).toBeVisible();
  await page.getByRole("button", { name: "Azure Data Factory" }).click();
  const written = page.getByRole("region", { name: "Azure Data Factory" });
  await expect(written).toContainText("parcels-password");
  await expectGoodLooks(page, "connection-exported");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download/ }).click();
  const text = await readFile(await (await downloading).path(), "utf8");
  expect(JSON.parse(text)).toEqual({ ...definition, name: `${definition.name}_2` });
  await leaks.expectNone(page);
});

test("an own authority and a client certificate with a locked key are taken from files, and a wrong passphrase is told at its field [B102, RS-16]", async ({
  signedIn: page,
  complaints,
}) => {
  test.setTimeout(300_000);
  complaints.expect(/status of 422 .*\/api\/connections$/);
  const people = makeAuthority("Client authority");
  const hba = ["hostssl all all all scram-sha-256 clientcert=verify-ca", "hostnossl all all all scram-sha-256"];
  const server = await startPostgres({ tls: true, clientAuthority: people.certificate, hba });
  try {
    const database = await createDatabase({ server });
    await database.query("create table parcels (id integer primary key)");
    const { user, password } = await createRole(database, { grants: ["select on parcels"] });
    const { key, certificate } = people.issue({ names: [user] });
    const passphrase = canaryPassword();
    const locked = createPrivateKey(key).export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase });

    await page.goto("/connections/new");
    await page.getByLabel("Server address").fill(database.host);
    await page.getByLabel("Port", { exact: true }).fill(String(database.port));
    await page.getByLabel("Database", { exact: true }).fill(database.database);
    await page.getByLabel("User", { exact: true }).fill(user);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("combobox", { name: "Encryption" }).click();
    await page.getByRole("option", { name: "Always, and check the server's name" }).click();
    await page.getByText("More ways to connect").click();
    await chooseFile(page, "Certificate of the authority", "ca.pem", server.caCertificate ?? "");
    await chooseFile(page, "Client certificate", "client.crt", certificate);
    await chooseFile(page, "Private key of the client certificate", "client.key", String(locked));
    await page.getByLabel("Passphrase of the key").fill("wrong");
    await expectGoodLooks(page, "connection-more-ways");
    await page.getByRole("button", { name: "Save connection" }).click();

    const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
    const sentence = "This passphrase does not open the key. Enter it again.";
    await summary.getByRole("link", { name: sentence }).click();
    await expect(page.getByLabel("Passphrase of the key")).toBeFocused();
    await expect(page.getByLabel("Passphrase of the key")).toHaveAccessibleDescription(new RegExp(sentence));
    await page.getByLabel("Passphrase of the key").fill(passphrase);
    await page.getByRole("button", { name: "Save connection" }).click();

    await page.getByRole("button", { name: "Test connection" }).click();
    await expectTestPassed(page);
    await expect(factOf(page, "Encryption")).toHaveText("TLS 1.3");
    await expect(factOf(page, "The server's identity")).toHaveText("Checked");
    await expect(factOf(page, "Made out to")).toContainText("localhost");
    await expectGoodLooks(page, "connection-tested");
  } finally {
    await server.stop();
  }
});

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel(/^Paste a connection string/).fill(text);
  await page.getByRole("button", { name: "Fill in the form" }).click();
}

async function chooseFile(page: Page, field: string, name: string, text: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: new RegExp(`^Choose a file for ${field}`) }).click();
  await (await choosing).setFiles({ name, mimeType: "application/x-pem-file", buffer: Buffer.from(text) });
  await expect(page.getByText(`Read from ${name}`)).toBeVisible();
}

function factOf(page: Page, label: string): Locator {
  return page
    .locator("dl > div")
    .filter({ has: page.getByRole("term").getByText(label, { exact: true }) })
    .getByRole("definition");
}
