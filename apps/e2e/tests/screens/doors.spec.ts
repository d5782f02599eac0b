import { expect, test as base } from "../../fixtures.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import { createFirstAccount } from "../../pages/people.ts";

/** These screens show themselves only while Headgate is new. */
const test = base.extend({
  baseURL: async ({ freshProduct }, give) => give(freshProduct.url),
});

test("set-up, sign-in and the empty pages look good to eyes and screen readers", async ({
  page,
  freshProduct: product,
  complaints,
}) => {
  test.setTimeout(300_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await expect(page.getByText("Open the set-up link")).toBeVisible();
  await expectGoodLooks(page, "sign-in-before-set-up");

  await page.goto("/setup");
  await expect(page.getByRole("heading", { name: "Open the set-up link again" })).toBeVisible();
  await expectGoodLooks(page, "set-up-without-link");

  await page.goto(product.setupLink ?? "");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert")).toContainText("There is a problem");
  await expectGoodLooks(page, "set-up-faults");

  const account = await createFirstAccount(page);
  await expectGoodLooks(page, "flows-empty");
  for (const [name, heading] of [
    ["Connections", "Connections"],
    ["Settings", "Settings"],
  ] as const) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expectGoodLooks(page, `${name.toLowerCase()}-empty`);
  }
  await page.goto("/no/such/page");
  await expect(page.getByRole("link", { name: "To your flows" })).toBeVisible();
  await expectGoodLooks(page, "not-found");

  await page.goto("/");
  await page.getByRole("button", { name: /appearance and sign out/ }).click();
  await expectGoodLooks(page, "user-menu");
  // A menu closes when the window changes its size.
  await page.goto("/");
  await page.getByRole("button", { name: /appearance and sign out/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill("not the right one");
  complaints.expect(/status of 401 .*\/api\/session$/);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectGoodLooks(page, "sign-in-refused");
});
