import { createDatabase, createRole, startSshServer } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { keyLine, openNewTunnel, saveTunnel, yesItIs } from "../pages/tunnels.ts";
import { expectTestPassed, fillConnection } from "../pages/wizard.ts";

test("a database behind an SSH server is reached with a key made here; another server in its place is a hard stop [DD-05] [R54] [B117] [B118]", async ({
  signedIn: page,
  sourceServer,
  account,
  complaints,
}) => {
  const database = await createDatabase({ server: sourceServer });
  await database.query("create table parcels (id integer primary key)");
  const reader = await createRole(database, { grants: ["select on all tables in schema public"] });
  const authorizedKeys: string[] = [];
  const hop = await startSshServer({ authorizedKeys });
  const host = { host: hop.host, port: hop.port, user: "tunnel", name: "Bastion" };

  await page.goto("/connections/new");
  await fillConnection(page, { ...database, ...reader });
  const dialog = await openNewTunnel(page);
  await saveTunnel(dialog, host);

  // The line leads to this database and nowhere else; whoever runs the SSH server installs its key.
  await expect(keyLine(dialog)).toContainText(`permitopen="${database.host}:${database.port}"`);
  const line = (await keyLine(dialog).textContent()) ?? "";
  authorizedKeys.push(line.slice(line.indexOf("ssh-")));
  await expect(dialog).toContainText(hop.fingerprint);
  await dialog.getByRole("button", { name: "Do this later" }).click();
  await page.getByRole("button", { name: "Save connection" }).click();

  // Tested before the server was accepted: nothing is sent, and it can be accepted right there.
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "We have not met the SSH server" })).toBeVisible();
  expect(hop.offered).toEqual([]);
  await expect(page.getByRole("region", { name: "Is this the right server?" })).toContainText(hop.fingerprint);
  await yesItIs(page).click();
  await expectTestPassed(page);
  await expect(page.getByRole("list", { name: "Stages of the test" })).toContainText("Opened the SSH tunnel");
  expect(hop.forwarded()).toBeGreaterThan(0);

  const [before, credentials] = [hop.fingerprint, hop.offered.length];
  hop.changeHostKey();
  hop.cut();
  await page.getByRole("button", { name: "Test again" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "is not the one you accepted" })).toBeVisible();
  const both = page.getByRole("region", { name: "Fingerprints before and now" });
  await expect(both).toContainText(before);
  await expect(both).toContainText(hop.fingerprint);
  expect(hop.offered).toHaveLength(credentials);

  await both.getByRole("button", { name: "Replace the accepted key" }).click();
  const replace = page.getByRole("form", { name: "Replace the accepted key" });
  complaints.expect(/status of 422 .*host-key$/);
  await replace.getByLabel("Your Headgate password").fill("not the right one");
  await replace.getByRole("button", { name: "Accept the new key" }).click();
  await expect(replace.getByRole("alert")).toContainText("This is not your Headgate password.");
  await replace.getByLabel("Your Headgate password").fill(account.password);
  await replace.getByRole("button", { name: "Accept the new key" }).click();
  await expectTestPassed(page);
  await hop.close();
});
