import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { refusal } from "../../testing/fake-server.ts";
import { draftBefore } from "../../testing/wizard/samples.ts";
import { renderWizard } from "../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../testing/wizard/wizard-server.ts";

afterEach(() => vi.useRealTimers());

const reviewed = draftBefore("review");
const name = () => screen.findByLabelText("Flow name");
const saves = (calls: { method: string; path: string; body: unknown }[]) =>
  calls.filter((call) => call.method === "PUT" && call.path.endsWith("/step")).map((call) => call.body);

describe("the wizard", () => {
  it("marks the present step, links the finished ones and leaves the later ones closed", async () => {
    const draft = draftBefore("table");
    wizardServer({ draft });
    await renderWizard(draft.id, "table");
    const nav = await screen.findByRole("navigation", { name: "Set-up steps" });
    expect(
      within(nav)
        .getAllByRole("link")
        .map((link) => link.textContent),
    ).toEqual(["Credentials (finished)", "Test (finished)"]);
    expect(nav.querySelector("[aria-current=step]")).toHaveTextContent("Table");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Step 3 of 7: Choose a table");
    expect(document.title).toMatch(/^Step 3 of 7: Choose a table, New flow/);
  });

  it("leads a link beyond the first unfinished step back to it, and says why", async () => {
    const draft = draftBefore("table");
    wizardServer({ draft });
    const { router } = await renderWizard(draft.id, "schedule");
    expect(await screen.findByText(/“Set the schedule” opens as soon as “Choose a table” is finished/)).toBeVisible();
    expect(router.state.location.pathname).toBe(`/flows/drafts/${draft.id}/table`);
  });

  it("saves what was typed one second after the last edit, and says so", async () => {
    const server = wizardServer({ draft: reviewed });
    const { person } = await renderWizard(reviewed.id, "review");
    await person.clear(await name());
    await person.type(await name(), "Nightly");
    expect(saves(server.calls)).toEqual([]);
    expect(await screen.findByText("Saved")).toBeVisible();
    expect(saves(server.calls)).toEqual([
      { step: "review", revision: 3, values: { name: "Nightly", runNow: true }, finished: false },
    ]);
  });

  it("loses nothing when one leaves the step before that second is over", async () => {
    const server = wizardServer({ draft: reviewed });
    const { person } = await renderWizard(reviewed.id, "review");
    await person.type(await name(), "!");
    await person.click(screen.getByRole("link", { name: "Change schedule" }));
    await screen.findByRole("heading", { level: 1, name: /Step 6 of 7/ });
    await waitFor(() => expect(server.state.draft.steps.review?.name).toBe("customers to CRM!"));
  });

  it("says when saving failed, asks before leaving, and tries again", async () => {
    let broken = true;
    const server = wizardServer({ draft: reviewed });
    const serve = globalThis.fetch;
    vi.stubGlobal("fetch", (address: string, init: RequestInit) =>
      broken && init.method === "PUT"
        ? Promise.resolve(refusal({ type: "error:server/store-unavailable", status: 503 }))
        : serve(address, init),
    );
    const { person } = await renderWizard(reviewed.id, "review");
    await person.type(await name(), "!");
    const again = await screen.findByRole("button", { name: "Try again" });
    await person.click(screen.getByRole("link", { name: "Back" }));
    expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Stay here" }));
    expect(await name()).toHaveValue("customers to CRM!");
    broken = false;
    await person.click(again);
    expect(await screen.findByText("Saved")).toBeVisible();
    expect(server.state.draft.steps.review?.name).toBe("customers to CRM!");
  });

  it("shows answers saved in another tab as a choice: load them", async () => {
    const server = wizardServer({ draft: reviewed });
    const { person } = await renderWizard(reviewed.id, "review");
    const typed = await name();
    anotherTabSaves(server);
    await person.type(typed, "!");
    await person.click(await screen.findByRole("button", { name: "Load the newer answers" }));
    await waitFor(async () => expect(await name()).toHaveValue("From the other tab"));
  });

  it("shows answers saved in another tab as a choice: keep mine", async () => {
    const server = wizardServer({ draft: reviewed });
    const { person } = await renderWizard(reviewed.id, "review");
    const typed = await name();
    anotherTabSaves(server);
    await person.type(typed, "!");
    await person.click(await screen.findByRole("button", { name: "Keep mine" }));
    await waitFor(() => expect(server.state.draft.steps.review?.name).toBe("customers to CRM!"));
    expect(await name()).toHaveValue("customers to CRM!");
  });

  it("goes back to the review after a change made from there", async () => {
    wizardServer({ draft: reviewed });
    const { person } = await renderWizard(reviewed.id, "review");
    await person.click(await screen.findByRole("link", { name: "Change schedule" }));
    await person.click(await screen.findByRole("radio", { name: "Only when I press Run now" }));
    await person.click(screen.getByRole("button", { name: "Continue" }));
    await screen.findByRole("heading", { level: 1, name: /Step 7 of 7/ });
    expect(await screen.findByText("Only when you press Run now")).toBeVisible();
  });

  it("lets one stop for today", async () => {
    wizardServer({ draft: reviewed });
    const { person } = await renderWizard(reviewed.id, "review");
    await name();
    await person.click(screen.getByRole("button", { name: "Save and finish later" }));
    expect(await screen.findByRole("heading", { name: "Flows" })).toBeVisible();
  });

  it("says when a draft is gone", async () => {
    const gone = () => refusal({ type: "error:draft/not-found", status: 404 });
    wizardServer({ draft: reviewed, answers: { [`GET /api/drafts/${reviewed.id}`]: gone } });
    await renderWizard(reviewed.id, "review");
    expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("This unfinished flow is gone");
  });
});

function anotherTabSaves({ state }: ReturnType<typeof wizardServer>): void {
  const review = { name: "From the other tab", runNow: true };
  state.draft = { ...state.draft, revision: state.draft.revision + 1, steps: { ...state.draft.steps, review } };
}
