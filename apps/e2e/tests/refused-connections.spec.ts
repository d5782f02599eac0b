import { createDatabase, createRole, listen, type TestDatabase } from "@headgate/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { canaryPassword, watchForLeaks } from "../leaks.ts";
import { beginFlow, continueButton, expectStep, expectTestPassed, fillConnection, goOn } from "../pages/wizard.ts";
import type { Login } from "../site.ts";

let database: TestDatabase;
let reader: Login;

test.beforeEach(async ({ sourceServer }) => {
  database = await createDatabase({ server: sourceServer });
  await database.query("create table parcels (id integer primary key)");
  reader = { ...database, ...(await createRole(database, { grants: ["select on parcels"] })) };
});

test("a wrong password is named as such, is asked for again, and turns up nowhere [R24, R30]", async ({
  signedIn: page,
  product,
}) => {
  const password = canaryPassword();
  const leaks = watchForLeaks(page.context(), product, password);
  await beginFlow(page);
  await fillConnection(page, { ...reader, password });
  await goOn(page, "test");
  await expectRefusal(page, "Sign in", {
    title: "User name or password is not right",
    why: "One of them was mistyped or changed, or the password has run out.",
    next: "Type the password again with “Show password” on, and look for a space at the end.",
  });
  await expect(continueButton(page)).toBeDisabled();

  await page.getByRole("link", { name: "Change the credentials" }).click();
  await expectTyped(page, reader);
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await leaks.expectNone(page);

  await page.getByLabel("Password", { exact: true }).fill(reader.password);
  await goOn(page, "test");
  await expectTestPassed(page);
});

test("an unknown host is named as such", async ({ signedIn: page }) => {
  const login = { ...reader, host: "no-such-host.invalid" };
  await beginFlow(page);
  await fillConnection(page, login);
  await goOn(page, "test");
  await expectRefusal(page, "Find the server", {
    title: "We could not find no-such-host.invalid",
    why: "The address is misspelt, or it is known only inside your own network.",
    next: "Check it for typing mistakes and spaces.",
  });
  await page.getByRole("link", { name: "Change the credentials" }).click();
  await expectTyped(page, login);
  await expect(page.getByLabel("Server address")).toBeFocused();
});

test("a closed port is named as such", async ({ signedIn: page }) => {
  const closed = await listen(() => {});
  await closed.close();
  const login = { ...reader, port: closed.port };
  await beginFlow(page);
  await fillConnection(page, login);
  await goOn(page, "test");
  await expectRefusal(page, "Reach the port", {
    // Where Headgate itself runs in a container, the same refusal has another reason.
    title: /is there, but nothing listens on port|is the container itself/,
    why: /the database is stopped|Nothing listens there/,
    next: /Check the port: 5432 is usual|host\.docker\.internal/,
  });
  await page.getByRole("link", { name: "Change the credentials" }).click();
  await expectTyped(page, login);
  await expect(page.getByLabel(/^(Port|Server address)/).and(page.locator(":focus"))).toBeVisible();
});

test("an unknown database is named as such", async ({ signedIn: page }) => {
  const login = { ...reader, database: "Parcels" };
  await beginFlow(page);
  await fillConnection(page, login);
  await goOn(page, "test");
  await expectRefusal(page, "Open the database", {
    title: "There is no database “Parcels” on this server",
    why: "The name is misspelt (capital letters count), or it is on another server.",
    next: "Check the name of the database.",
  });
  await page.getByRole("link", { name: "Change the credentials" }).click();
  await expectTyped(page, login);
  await expect(page.getByLabel("Database", { exact: true })).toBeFocused();
});

test("a login without rights gets the lines for the administrator, and they help", async ({ signedIn: page }) => {
  const login = { ...database, ...(await createRole(database)) };
  await beginFlow(page);
  await fillConnection(page, login);
  await goOn(page, "test");
  await expectRefusal(page, "Read a table", {
    title: `“${login.user}” may not read “parcels”`,
    why: "The right to read this table is missing.",
    next: "Choose another table, or send the message below to whoever runs the database.",
  });
  await page.getByText("Message for your administrator").click();
  const message = await page.getByText(/^Hello,/).innerText();
  expect(message).not.toContain(login.password);
  await database.query(message.match(/^(GRANT|ALTER) .*;$/gm)?.join("\n") ?? "");

  await page.getByRole("button", { name: "Test again" }).click();
  await expectTestPassed(page);
  await goOn(page, "table");
});

type Refusal = Readonly<Record<"title" | "why" | "next", string | RegExp>>;

async function expectRefusal(page: Page, stage: string, { title, why, next }: Refusal): Promise<void> {
  const alert = page.getByRole("alert");
  await expect(alert).toContainText(title);
  await expect(alert).toContainText(why);
  await expect(alert).toContainText(next);
  const failed = page
    .getByRole("list", { name: "Stages of the test" })
    .getByRole("listitem")
    .filter({ hasText: "Failed" });
  await expect(failed).toHaveCount(1);
  await expect(failed).toContainText(stage);
}

/** Everything typed is there again, but for the password, which never comes back. */
async function expectTyped(page: Page, login: Login): Promise<void> {
  await expectStep(page, "credentials");
  await expect(page.getByLabel("Server address")).toHaveValue(login.host);
  await expect(page.getByLabel("Port", { exact: true })).toHaveValue(String(login.port));
  await expect(page.getByLabel("Database", { exact: true })).toHaveValue(login.database);
  await expect(page.getByLabel("User", { exact: true })).toHaveValue(login.user);
}
