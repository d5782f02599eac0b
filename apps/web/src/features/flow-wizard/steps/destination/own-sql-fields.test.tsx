import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { user } from "../../../../testing/examples.ts";
import { giveListsASize } from "../../../../testing/wizard/list-size.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { crm, draftBefore } from "../../../../testing/wizard/samples.ts";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

beforeEach(giveListsASize);

async function open(role: "admin" | "editor", sql: { readonly sqlBefore?: string }) {
  const draft = draftBefore("destination", { destination: { choice: "saved", connectionId: crm.id, ...sql } });
  const server = wizardServer({ draft });
  const wizard = await renderWizard(draft.id, "destination", {}, { ...user, role });
  const title = await screen.findByText("SQL before and after the run");
  await wizard.person.click(title);
  return { server, ...wizard, fold: within(title.closest("details") ?? document.body) };
}

describe("SQL before and after the run", () => {
  it("is written by an admin and kept with the step, and a blank is none", async () => {
    const { server, person, fold } = await open("admin", { sqlBefore: "truncate orders" });
    await person.clear(fold.getByLabelText("Before the first row"));
    await person.type(fold.getByLabelText("After the last row"), "analyze orders");
    await waitFor(() =>
      expect(server.state.draft.steps.destination).toMatchObject({ sqlAfter: "analyze orders", connectionId: crm.id }),
    );
    expect(server.state.draft.steps.destination).not.toHaveProperty("sqlBefore");
  });

  it("is only shown to an editor, who is told who may write it", async () => {
    const { fold } = await open("editor", { sqlBefore: "truncate orders" });
    expect(fold.getByText("Only an admin can write or change it.")).toBeVisible();
    expect(fold.getByLabelText("Before the first row")).toHaveValue("truncate orders");
    expect(fold.getByLabelText("Before the first row")).toHaveAttribute("readonly");
    expect(fold.queryByLabelText("After the last row")).not.toBeInTheDocument();
  });
});
