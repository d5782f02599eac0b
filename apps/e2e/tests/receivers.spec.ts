import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import {
  createDatabase,
  startEventReceiver,
  startHttpServer,
  type TestDatabase,
  type TestServer,
} from "@headgate/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { expectRunSucceeded, openNewestRun } from "../pages/flow.ts";
import { expectGoodLooks } from "../pages/looks.ts";
import { beginFlow, expectTestPassed, figure, goOn, start, tableOption } from "../pages/wizard.ts";
import { saveConnection, type Site } from "../site.ts";

const people = `create table people (
    id integer primary key, email text, first_name text, city text, password_hash text, seen_at timestamptz);
  insert into people
  select n, 'p' || n || '@example.com', 'Person ' || n, (array['Oslo','Paris','Lagos'])[1 + n % 3], 'secret',
         timestamptz '2026-01-01 08:00:00+00' + n * interval '1 hour'
    from generate_series(1, 40) n;
  analyze`;

/** A database with people, and the wizard at its fourth step. */
async function reachDestination(page: Page, site: Site, server: TestServer): Promise<TestDatabase> {
  const database = await createDatabase({ server });
  await database.query(people);
  const source = await saveConnection(site, database);
  await beginFlow(page);
  await page.getByRole("radio", { name: source.name, exact: true }).check();
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await tableOption(page, "people").click();
  await goOn(page, "destination");
  return database;
}

/** The form of a new connection of a kind, whether others are saved or not. */
async function newReceiver(page: Page, kind: string, card: string, field: string): Promise<void> {
  await page.getByRole("radio", { name: kind, exact: true }).check();
  const form = page.getByLabel(field, { exact: true });
  const another = page.getByRole("radio", { name: card, exact: true });
  await expect(form.or(another).first()).toBeVisible();
  if (await another.isVisible()) await another.check();
  await expect(form).toBeVisible();
}

const useIt = (page: Page) => page.getByRole("button", { name: "Test and use this connection" });

test("an event API is found out with a wrong key, then taken, and people are mapped to its events [RS-15, RS-20, RS-11, RS-12]", async ({
  signedIn: page,
  site,
  sourceServer,
}) => {
  const receiver = await startEventReceiver({ writeKey: "right-key" });
  const database = await reachDestination(page, site, sourceServer);
  await newReceiver(page, "Event API", "A new event API", "Data plane URL");
  await expectGoodLooks(page, "4-destination-events");
  await page.getByLabel("Data plane URL").fill(receiver.origin);
  await page.getByLabel("Write key", { exact: true }).fill("wrong-key");
  await useIt(page).click();
  await expect(page.getByRole("alert")).toContainText("The receiver did not accept the key");
  await page.getByRole("button", { name: "Change the details" }).click();
  await expect(page.getByLabel("Data plane URL")).toHaveValue(receiver.origin);
  await page.getByLabel("Write key", { exact: true }).fill("right-key");
  await useIt(page).click();
  await expect(page.getByRole("radio", { name: "Only new and changed rows" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "id", exact: true })).toBeChecked();
  await expectGoodLooks(page, "4-destination-events-rows");

  await goOn(page, "mapping");
  await expect(page.getByRole("checkbox", { name: "Send password_hash" })).not.toBeChecked();
  await page.getByLabel("Trait for first_name").fill("name.first");
  const json = page.getByRole("region", { name: /^One row as an event: Row 1 of 20/ });
  await expect(json).toContainText('"first": "Person 1"');
  await expect(json).not.toContainText("secret");
  await expectGoodLooks(page, "5-mapping-events");
  expect(receiver.events.size).toBe(0);
  await startByHand(page, `People of ${database.database} as events`);
  await expectSent(page, "Sent", 40);
  const { rows } = await database.query<{ id: string; email: string; name: string }>(
    "select id::text, email, first_name as name from people order by people.id",
  );
  const told = [...receiver.events.values()].map(({ userId, context }) => {
    const { email, name } = (context as { traits: { email: string; name: { first: string } } }).traits;
    return { id: userId, email, name: name.first };
  });
  expect(told.toSorted((one, other) => Number(one.id) - Number(other.id))).toEqual(rows);
  await expectGoodLooks(page, "run-events");
  await receiver.close();
});

test("a receiver that is down is named as such, and a webhook is tested with a message of its own", async ({
  signedIn: page,
  site,
  sourceServer,
}) => {
  const gone = await startHttpServer(() => ({ status: 200 }));
  await gone.close();
  const receiver = await startHttpServer(() => ({ status: 204 }));
  await reachDestination(page, site, sourceServer);
  await newReceiver(page, "Webhook", "A new webhook", "Address");
  await page.getByLabel("Address", { exact: true }).fill(`${gone.origin}/rows`);
  await useIt(page).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Reach the port" })).toContainText("Failed");
  await page.getByRole("button", { name: "Change the details" }).click();
  await page.getByLabel("Address", { exact: true }).fill(`${receiver.origin}/rows`);
  await page.getByRole("button", { name: "Make a key" }).click();
  await expectGoodLooks(page, "4-destination-webhook");
  await useIt(page).click();
  await expect(page.getByRole("radio", { name: "Only new and changed rows" })).toBeChecked();
  await goOn(page, "mapping");
  await page.getByRole("combobox", { name: "Name style" }).selectOption("camelCase");
  await expect(page.getByLabel("JSON key for first_name")).toHaveValue("firstName");
  await goOn(page, "schedule");

  await page.goto("/connections");
  await page.getByRole("link", { name: `Webhook at ${new URL(receiver.origin).host}` }).click();
  await expect(page.getByLabel("Signing key (optional)")).toHaveValue("");
  const before = receiver.requests.length;
  await page.getByRole("button", { name: "Send a test message" }).click();
  await expect(page.getByText("The receiver can be reached", { exact: true })).toBeVisible();
  expect(receiver.requests.length).toBeGreaterThan(before);
  expect(receiver.requests.at(-1)?.headers["x-signature"]).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  await expectGoodLooks(page, "connection-webhook");
  await receiver.close();
});

test("files go into the folder set aside for them, and never out of it", async ({
  signedIn: page,
  site,
  sourceServer,
  filesFolder,
}) => {
  await mkdir(path.join(filesFolder, "exports"));
  await symlink("/tmp", path.join(filesFolder, "elsewhere"));
  const database = await reachDestination(page, site, sourceServer);
  await newReceiver(page, "Files", "A new place", "Folder");
  await page.getByLabel("Folder", { exact: true }).fill("elsewhere");
  await useIt(page).click();
  await expect(page.getByRole("alert")).toContainText("Headgate may not write into this folder");
  await page.getByRole("button", { name: "Change the details" }).click();
  await page.getByLabel("Folder", { exact: true }).fill("exports");
  await page.getByLabel("File name", { exact: true }).fill("people-{run}");
  await expectGoodLooks(page, "4-destination-files");
  await useIt(page).click();
  await expect(page.getByRole("radio", { name: "Only new and changed rows" })).toBeChecked();
  await goOn(page, "mapping");
  await page.getByRole("button", { name: "Select none" }).click();
  await page.getByRole("checkbox", { name: "Send id" }).check();
  await page.getByRole("checkbox", { name: "Send city" }).check();
  await page.getByLabel("Name in the file for city").fill("town");
  await startByHand(page, `People of ${database.database} in files`);
  await expectSent(page, "Written", 40);
  const [name = ""] = (await readdir(path.join(filesFolder, "exports"))).filter((file) => file.endsWith(".csv"));
  const lines = (await readFile(path.join(filesFolder, "exports", name), "utf8")).trim().split("\r\n");
  expect(name).toMatch(/^people-[0-9a-f-]{36}\.csv$/);
  expect(lines).toHaveLength(41);
  expect(lines.slice(0, 2)).toEqual(["id,town", "1,Paris"]);
});

/** From the fifth step to the end: a flow that runs at once and then only by hand. */
async function startByHand(page: Page, name: string): Promise<void> {
  await goOn(page, "schedule");
  await page.getByRole("radio", { name: "Only when I press Run now" }).check();
  await goOn(page, "review");
  const dryRun = page.getByRole("region", { name: "Dry run" });
  await expect(figure(dryRun, "Rows read")).toHaveText("40");
  await start(page, name);
}

/** The run ends well, and its receipt says what arrived in the words of its kind. */
async function expectSent(page: Page, word: "Sent" | "Written", rows: number): Promise<void> {
  await expectRunSucceeded(page);
  await openNewestRun(page);
  const receipt = page.getByRole("region", { name: "Receipt" });
  await expect(figure(receipt, word)).toHaveText(String(rows));
  await expect(receipt).toContainText("It adds up");
}
