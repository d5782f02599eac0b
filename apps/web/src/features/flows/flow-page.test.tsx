import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exampleFlow, exampleRun } from "../../testing/examples.ts";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { FlowPage } from "./flow-page.tsx";
import type { FlowTab } from "./flow-tab-names.ts";

afterEach(() => vi.unstubAllGlobals());

const flow = exampleFlow();
const base = {
  [`GET /api/flows/${flow.id}`]: () => answer(flow),
  [`GET /api/flows/${flow.id}/runs?limit=30`]: () => answer({ runs: [exampleRun()] }),
};

function page(tab: FlowTab = "runs") {
  return <FlowPage flowId={flow.id} tab={tab} onTab={() => undefined} />;
}

describe("the page of a flow", () => {
  it("says in a sentence how the flow is doing and lists its runs", async () => {
    fakeServer(base);
    await renderPage(page());
    expect(await screen.findByRole("heading", { level: 1, name: flow.name })).toBeVisible();
    expect(screen.getByText(/1,204 rows read: 1,200 new, 4 changed/)).toBeVisible();
    const table = await screen.findByRole("table", { name: /Runs of this flow/ });
    expect(within(table).getAllByRole("row")).toHaveLength(2);
    expect(screen.getByRole("listbox", { name: /Rows read by the last runs/ })).toBeVisible();
  });

  it("pauses at once and takes it back when the server refuses", async () => {
    const user = userEvent.setup();
    let refuse: (value: Response) => void = () => undefined;
    fakeServer({
      ...base,
      [`POST /api/flows/${flow.id}/pause`]: () => new Promise<Response>((resolve) => (refuse = resolve)),
    });
    await renderPage(page());
    await user.click(await screen.findByRole("button", { name: "Pause" }));
    expect(await screen.findByRole("button", { name: "Resume" })).toBeVisible();
    refuse(refusal({ type: "error:auth/forbidden", status: 403 }));
    expect(await screen.findByRole("button", { name: "Pause" })).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent("You may look at this, but not change it");
  });

  it("deletes only after asking and says what stays", async () => {
    const user = userEvent.setup();
    const { calls } = fakeServer({ ...base, [`DELETE /api/flows/${flow.id}`]: () => answer({}) });
    await renderPage(page());
    await user.click(await screen.findByRole("button", { name: "Delete" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("Rows it has copied stay where they are");
    expect(calls.some(({ method }) => method === "DELETE")).toBe(false);
    await user.click(within(dialog).getByRole("button", { name: "Delete flow" }));
    await waitFor(() => expect(calls.some(({ method }) => method === "DELETE")).toBe(true));
  });

  it("shows which column goes where and which tells rows apart", async () => {
    fakeServer(base);
    await renderPage(page("mapping"));
    const row = await screen.findByRole("row", { name: /^id id/ });
    expect(row).toHaveTextContent("Tells rows apart");
    expect(screen.getByRole("row", { name: /total amount/ })).toBeVisible();
  });

  it("tells the SQL that runs with the flow among its settings", async () => {
    const definition = { ...flow.definition, sqlBefore: "delete from mail", sqlAfter: "analyze mail" };
    fakeServer({ ...base, [`GET /api/flows/${flow.id}`]: () => answer({ ...flow, definition }) });
    await renderPage(page("settings"));
    expect(await screen.findByText("delete from mail")).toBeVisible();
    expect(screen.getByText("analyze mail")).toBeVisible();
  });

  it("says the settings in words", async () => {
    fakeServer(base);
    await renderPage(page("settings"));
    expect(await screen.findByText("Every 15 minutes")).toBeVisible();
    expect(screen.getByText(/New rows are added, changed rows are updated/)).toBeVisible();
  });

  it("says that a deleted flow is gone", async () => {
    fakeServer({
      [`GET /api/flows/${flow.id}`]: () => refusal({ type: "error:flow/not-found", status: 404 }),
    });
    await renderPage(page());
    expect(await screen.findByRole("alert")).toHaveTextContent("This flow is gone");
  });
});
