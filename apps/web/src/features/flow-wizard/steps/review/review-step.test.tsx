import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { answer, refusal } from "../../../../testing/fake-server.ts";
import { draftBefore, field, stream } from "../../../../testing/wizard/samples.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("review");

async function open(over: Partial<Parameters<typeof wizardServer>[0]> = {}) {
  const server = wizardServer({ draft, ...over });
  const wizard = await renderWizard(draft.id, "review");
  await screen.findByLabelText("Flow name");
  return { server, ...wizard };
}

const start = () => screen.getByRole("button", { name: "Start" });

describe("step 7, review", () => {
  it("shows every answer with a link to change it [AD-18]", async () => {
    await open();
    const links = screen.getAllByRole("link", { name: /^Change / }).map((link) => link.getAttribute("aria-label"));
    expect(links).toEqual([
      "Change credentials",
      "Change test",
      "Change table",
      "Change destination",
      "Change mapping",
      "Change schedule",
    ]);
    expect(await screen.findByText("about 1,200 rows, 88 kB")).toBeVisible();
    expect(screen.getByText("id, email → mail")).toBeVisible();
    expect(screen.getByText("Every hour")).toBeVisible();
    expect(screen.getByText("Rows are told apart by id")).toBeVisible();
  });

  it("counts what the first run would do by itself", async () => {
    await open();
    const panel = screen.getByRole("region", { name: "Dry run" });
    expect(await within(panel).findByText("1,200")).toBeVisible();
    expect(
      within(panel)
        .getAllByRole("term")
        .map((term) => term.textContent),
    ).toEqual(["Rows read", "New", "Changed", "Same as before"]);
  });

  it("shows SQL that runs with the flow, and says that counting leaves it out", async () => {
    const destination = { ...draft.steps.destination, sqlBefore: "delete from customers" };
    await open({ draft: { ...draft, steps: { ...draft.steps, destination } } });
    expect(screen.getByText("Runs SQL of its own before the first row: delete from customers")).toBeVisible();
    expect(await screen.findByText(/^The SQL before and after the run was not run/)).toBeVisible();
  });

  it("says why it could not be counted, and counts again when asked to", async () => {
    let tries = 0;
    const failure = { origin: "destination", code: "destination_forbidden", facts: {}, detail: "permission denied" };
    const { person } = await open({
      answers: {
        [`POST /api/drafts/${draft.id}/dry-run`]: () => {
          tries += 1;
          if (tries === 1) return answer({ status: "failed", failure });
          return answer({
            status: "succeeded",
            read: 7,
            created: 7,
            updated: 0,
            unchanged: 0,
            skipped: 0,
            deleted: 0,
            milliseconds: 5,
          });
        },
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("permission denied");
    await person.click(screen.getByRole("button", { name: "Count again" }));
    const panel = screen.getByRole("region", { name: "Dry run" });
    expect(await within(panel).findAllByText("7")).toHaveLength(2);
  });

  it("shows the script where a right to write is missing", async () => {
    const failure = { origin: "destination", code: "destination_forbidden", facts: {}, detail: "" };
    const { server } = await open({
      missingGrants: () => ["create"],
      answers: { [`POST /api/drafts/${draft.id}/dry-run`]: () => answer({ status: "failed", failure }) },
    });
    expect(await screen.findByText('GRANT CREATE ON SCHEMA "public" TO "writer";')).toBeVisible();
    expect(server.calls.find(({ path }) => path.endsWith("/grants"))?.body).toEqual({
      role: "destination",
      table: { schema: "public" },
      writeMode: "upsert",
    });
  });

  it("starts the flow under the name it was given and shows it", async () => {
    const { person, server, router } = await open();
    expect(screen.getByLabelText("Flow name")).toHaveValue("customers to CRM");
    await person.click(screen.getByRole("checkbox", { name: "Run it right after pressing Start" }));
    await person.click(start());
    expect(await screen.findByRole("heading", { name: "The flow" })).toBeVisible();
    expect(router.state.location.pathname).toBe(`/flows/${draft.id}`);
    expect(server.state.draft.steps.review).toEqual({ name: "customers to CRM", runNow: false });
    expect(server.calls.at(-1)).toMatchObject({ path: `/api/drafts/${draft.id}/publish`, body: { revision: 4 } });
  });

  it("lists what the server found missing, each with the way to its step", async () => {
    const { person } = await open({
      answers: {
        [`POST /api/drafts/${draft.id}/publish`]: () =>
          refusal({
            type: "error:draft/incomplete",
            status: 422,
            fields: { "test.connectionRevision": "This connection has changed since it was tested. Test it again." },
          }),
      },
    });
    await person.click(start());
    const alert = await screen.findByText("Something does not fit yet");
    expect(alert.closest("[role=alert]")).toHaveTextContent("This connection has changed since it was tested.");
    await person.click(screen.getByRole("link", { name: "Go to test" }));
    expect(await screen.findByRole("heading", { level: 1, name: /Step 2 of 7/ })).toBeVisible();
  });

  it("sees by itself that a mapped column is gone from the table", async () => {
    await open({ sourceTables: [stream({ fields: [field("id", "integer")] })] });
    expect(await screen.findByText(/customers has no column email any more/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to mapping" })).toBeVisible();
  });

  it("asks for a name", async () => {
    const { person } = await open();
    await person.clear(screen.getByLabelText("Flow name"));
    await person.click(start());
    expect(await screen.findByRole("link", { name: "Enter a name." })).toBeVisible();
  });
});
