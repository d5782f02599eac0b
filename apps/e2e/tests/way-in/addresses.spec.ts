import { listen } from "@headgate/testkit";
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
  stages,
  testWithPassword,
} from "../../pages/way-in.ts";
import { continueButton, expectStep, goOn } from "../../pages/wizard.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a URL with a misspelt address: the address is named, corrected at its field, and the password asked for again before it goes there [R24]", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const { login } = await makeParcels(sourceServer);
  const { host, port, database, user, password } = login;
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = encodeURIComponent(password);
  await pasteIntoNewFlow(page, site, `postgresql://${user}:${secret}@parcels-db.invalid:${port}/${database}`);
  await page.getByRole("combobox", { name: "Encryption" }).click();
  await page.getByRole("option", { name: "Use if available" }).click();
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Find the server",
    title: "We could not find parcels-db.invalid",
    why: "The address is misspelt, or it is known only inside your own network.",
    next: "Check it for typing mistakes and spaces.",
  });
  expect(await messageForAdministrator(page)).toContain("Which address can Headgate use to reach this database?");
  await expectGoodLooks(page, "way-in-address-failed");

  const field = page.getByLabel("Server address");
  await followToField(page, field);
  await field.fill(host);
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByRole("link", { name: "Type the password again." }).click();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await testWithPassword(page, password);
  await expectWorks(page, /PostgreSQL 18\S*, 1 table, not encrypted/);
  // Nobody chose the name it was given, so the misspelt address does not stay in it.
  await expect(page.getByRole("heading", { name: `Testing “${database} on ${host}”` })).toBeVisible();
  await expectGoodLooks(page, "way-in-address-works");
  await leaks.expectNone(page);
});

test("libpq's keywords with a wrong port: nothing listens there, and the port is corrected at its field [B60]", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const { login } = await makeParcels(sourceServer);
  const { host, port, database, user, password } = login;
  const closed = await listen(() => {});
  await closed.close();
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = password.replaceAll("'", String.raw`\'`);
  const text = `host=${host} port=${closed.port} dbname=${database} user=${user} password='${secret}'`;
  await pasteIntoNewFlow(page, site, text);
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Reach the port",
    // Where Headgate itself runs in a container, the same refusal has another reason.
    title: /is there, but nothing listens on port|is the container itself/,
    why: /the database is stopped|Nothing listens there/,
    next: /Check the port: 5432 is usual|host\.docker\.internal/,
  });
  await expectGoodLooks(page, "way-in-port-failed");

  await page.getByRole("link", { name: "Change the credentials" }).click();
  await expectStep(page, "credentials");
  await page.getByLabel("Port", { exact: true }).fill(String(port));
  await testWithPassword(page, password);
  await expectWorks(page, /1 table, not encrypted/);
  expect(await axeViolations(page)).toEqual([]);
  await leaks.expectNone(page);
});

test("a .NET string that leads to a website: told apart from a database, and corrected at the port [B57]", async ({
  signedIn: page,
  product,
  site,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const { login } = await makeParcels(sourceServer);
  const { host, port, database, user, password } = login;
  const website = await listen((socket) => {
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"));
  });
  const leaks = watchForLeaks(page.context(), product, password);
  const secret = `"${password.replaceAll('"', '""')}"`;
  const text = `Host=${host};Port=${website.port};Database=${database};Username=${user};Password=${secret}`;
  await pasteIntoNewFlow(page, site, text);
  await goOn(page, "test");
  await expectRefused(page, {
    stage: "Agree on encryption",
    title: `What answers on port ${website.port} is a website, not PostgreSQL`,
    why: "Another program lives on that port.",
    next: "Check the port",
  });
  expect(await messageForAdministrator(page)).toContain("Does PostgreSQL itself answer on this port");
  await expectGoodLooks(page, "way-in-website-failed");

  await followToField(page, page.getByLabel("Port", { exact: true }));
  await page.getByLabel("Port", { exact: true }).fill(String(port));
  await testWithPassword(page, password);
  await expectWorks(page, /1 table, not encrypted/);
  expect(await axeViolations(page)).toEqual([]);
  await leaks.expectNone(page);
  await website.close();
});

test("a test that hears nothing is stopped: the line is closed, nothing turns or moves, and it can begin again", async ({
  signedIn: page,
  site,
  sourceServer,
}) => {
  const { login } = await makeParcels(sourceServer);
  const { host, port, database, user, password } = login;
  const silent = await listen((socket) => socket.resume());
  await pasteIntoNewFlow(page, site, `psql -h ${host} -p ${silent.port} -U ${user} ${database}`);
  await testWithPassword(page, password);
  await expect(stages(page, "In progress")).toContainText("Agreeing on encryption");
  const stop = page.getByRole("button", { name: "Stop", exact: true });
  const place = await stop.boundingBox();
  await stop.click();

  await expect(page.getByRole("status").filter({ hasText: "You stopped the test" })).toBeVisible();
  await expect(stages(page, "In progress")).toHaveCount(0);
  await expect(continueButton(page)).toBeDisabled();
  const closed = () => [...silent.sockets].every((socket) => socket.closed);
  await expect.poll(closed, { timeout: 30_000 }).toBe(true);
  const again = page.getByRole("button", { name: "Test again" });
  const moved = await again.boundingBox();
  expect([moved?.x, moved?.y]).toEqual([place?.x, place?.y]);

  await again.click();
  await expect(stages(page, "In progress")).toContainText("Agreeing on encryption");
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByRole("button", { name: "Change its details" }).click();
  await page.getByLabel("Port", { exact: true }).fill(String(port));
  await testWithPassword(page, password);
  await expectWorks(page, /1 table/);
  await silent.close();
});
