import type { CheckFailure } from "@headgate/contract";
import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { crm, draftBefore, shop } from "../../../../testing/wizard/samples.ts";
import { giveListsASize } from "../../../../testing/wizard/list-size.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

beforeEach(giveListsASize);

/** Chooses a database for the destination; its test ends with this failure, or well. */
async function choose(failure?: Pick<CheckFailure, "code" | "facts">) {
  const draft = draftBefore("destination");
  const verdict = failure && {
    status: "failed" as const,
    failure: { stage: "write" as const, detail: "", ...failure },
  };
  const server = wizardServer({ draft, connections: [shop, crm], ...(verdict && { verdict }) });
  const { person } = await renderWizard(draft.id, "destination");
  await person.click(await screen.findByRole("radio", { name: "CRM" }));
  await person.click(screen.getByRole("button", { name: "Test and use this connection" }));
  return server;
}

const nextQuestion = () => screen.findByLabelText("Name of the new table");

describe("the database that rows go to", () => {
  it("is tested as a destination, also when it was found to work as a source", async () => {
    const { calls } = await choose();
    expect(await nextQuestion()).toBeVisible();
    const checks = calls.filter(({ path }) => path.endsWith("/check"));
    expect(checks.map(({ body }) => body)).toEqual([{ as: "destination" }]);
  });

  it("may still lack rights: which ones is asked of the table", async () => {
    await choose({ code: "write_forbidden", facts: {} });
    expect(await nextQuestion()).toBeVisible();
  });

  it("is not a read-only copy", async () => {
    await choose({ code: "read_only_server", facts: { reason: "replica" } });
    expect(await screen.findByText("This copy of the database is read-only")).toBeVisible();
    expect(screen.getByText("Fine as a source. As a destination, choose the main server.")).toBeVisible();
    expect(screen.queryByLabelText("Name of the new table")).not.toBeInTheDocument();
  });
});
