import { endpoints } from "@headgate/contract";
import { expect, test } from "../../fixtures.ts";
import { untilSomebodyWaits, whileTableIsHeld } from "../../held-table.ts";
import { lineColumns, linesTable, openLedger, openMusicShop } from "../../music-shop.ts";
import { expectRunSucceeded, listedRuns, openNewestRun, runNow } from "../../pages/flow.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import { expectTestPassed } from "../../pages/wizard.ts";
import { call, makeFlow, saveConnection } from "../../site.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("the pages of a flow, its runs and its connections look good to eyes and screen readers", async ({
  signedIn: page,
  site,
  sourceServer,
  destinationServer,
}) => {
  test.setTimeout(300_000);
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
  const name = `Lines of ${shop.database}`;
  const source = await saveConnection(site, shop);
  const flowId = await makeFlow(site, {
    name,
    source,
    destination: await saveConnection(site, ledger),
    table: linesTable,
    columns: lineColumns,
    writeMode: "upsert",
    syncKey: ["invoice_line_id"],
    schedule: { kind: "every", every: 2, unit: "days", timeZone: "Europe/Paris", missed: "skip" },
  });
  await call(site, endpoints.createDraft, { body: { practice: false } });

  await page.goto(`/flows/${flowId}`);
  await expect(page.getByRole("heading", { name: "Not run yet" })).toBeVisible();
  await expectGoodLooks(page, "flow-not-run");
  await whileTableIsHeld(ledger, "sales.invoice_lines", async () => {
    await runNow(page);
    await untilSomebodyWaits(ledger);
    await expect(page.getByRole("list", { name: "Stages of the run" })).toBeVisible();
    await expectGoodLooks(page, "flow-running");
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await expectGoodLooks(page, "flow-stop-question");
    await page.getByRole("button", { name: "Stop the run" }).click();
    await expect(listedRuns(page).first()).toContainText("Stopped", { timeout: 60_000 });
  });
  await runNow(page);
  await expectRunSucceeded(page, 2);
  await openNewestRun(page);
  await expectGoodLooks(page, "run-succeeded");
  await ledger.query(
    "alter table sales.invoice_lines add check (quantity > 100) not valid; delete from sales.invoice_lines",
  );
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByText("The destination has a rule against one of the values", { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await expectGoodLooks(page, "run-failed");
  await page.getByRole("link", { name: "Back to the flow" }).click();
  await expect(listedRuns(page)).toHaveCount(3);
  await expectGoodLooks(page, "flow-failed");
  for (const tab of ["Mapping", "Settings"]) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.getByRole("tabpanel", { name: tab })).toBeVisible();
    await expectGoodLooks(page, `flow-${tab.toLowerCase()}`);
  }
  await page.getByRole("link", { name: "All flows" }).click();
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  await expectGoodLooks(page, "flows");

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Connections" }).click();
  await page.getByRole("link", { name: source.name, exact: true }).first().waitFor();
  await expectGoodLooks(page, "connections");
  await page.goto(`/connections/${source.id}`);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expectTestPassed(page);
  await expectGoodLooks(page, "connection");
  await page.goto("/connections/new");
  await expect(page.getByLabel("Server address")).toBeVisible();
  await expectGoodLooks(page, "connection-new");
});
