import { untilGone } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { untilSomebodyWaits, whileTableIsHeld } from "../held-table.ts";
import { lineColumns, lineCount, linesTable, openLedger, openMusicShop } from "../music-shop.ts";
import { expectReceipt, expectRunSucceeded, openNewestRun, runNow } from "../pages/flow.ts";
import { workerPid } from "../programs.ts";
import { expectSameRows } from "../row-texts.ts";
import { makeFlow, saveConnection } from "../site.ts";

test("a run whose worker is killed in the middle is taken up again and writes every row once [F1 append]", async ({
  signedIn: page,
  site,
  product,
  sourceServer,
  destinationServer,
}) => {
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
  // Without a key, a row written twice would stay twice.
  await ledger.query("alter table sales.invoice_lines drop constraint invoice_lines_pkey");
  const flowId = await makeFlow(site, {
    name: "Lines through a crash",
    source: await saveConnection(site, shop),
    destination: await saveConnection(site, ledger),
    table: linesTable,
    columns: lineColumns,
    writeMode: "append",
  });
  await page.goto(`/flows/${flowId}`);

  await whileTableIsHeld(ledger, "sales.invoice_lines", async () => {
    await runNow(page);
    await untilSomebodyWaits(ledger);
    const pid = workerPid(product);
    process.kill(pid, "SIGKILL");
    await untilGone([pid]);
  });

  await expectRunSucceeded(page);
  await openNewestRun(page);
  await expect(page.getByRole("region", { name: "When" })).toContainText("Tries2");
  await expectReceipt(page, { read: lineCount, created: lineCount, updated: 0, unchanged: 0 });
  await expectSameRows([shop, "select * from sales.invoice_lines"], [ledger, "select * from sales.invoice_lines"]);
});
