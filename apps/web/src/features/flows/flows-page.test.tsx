import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exampleDraft, exampleFlow, exampleRun } from "../../testing/examples.ts";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { FlowsPage } from "./flows-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const system = { "GET /api/system": () => answer({ version: "1.0.0", practice: true, loopbackAllowed: true }) };
const nothing = {
  ...system,
  "GET /api/flows": () => answer({ flows: [] }),
  "GET /api/drafts": () => answer({ drafts: [] }),
};

describe("the home page", () => {
  it("offers a newcomer two doors and starts practice behind the second", async () => {
    const user = userEvent.setup();
    const draft = exampleDraft({ practice: true });
    const { calls } = fakeServer({ ...nothing, "POST /api/drafts": () => answer(draft) });
    await renderPage(<FlowsPage />);
    expect(await screen.findByRole("button", { name: /Connect your database/ })).toBeVisible();
    await user.click(screen.getByRole("button", { name: /Try with sample data/ }));
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ practice: true });
  });

  it("does not offer sample data where there is none", async () => {
    fakeServer({
      ...nothing,
      "GET /api/system": () => answer({ version: "1.0.0", practice: false, loopbackAllowed: true }),
    });
    await renderPage(<FlowsPage />);
    await screen.findByRole("button", { name: /Connect your database/ });
    await waitFor(() => expect(screen.queryByRole("button", { name: /sample data/ })).not.toBeInTheDocument());
  });

  it("lists flows with state, route and the reason of a failure in words", async () => {
    const failure = {
      origin: "destination",
      kind: "settings",
      code: "value_too_long",
      facts: { column: "nickname" },
      detail: "value too long for type character varying(20)",
      retryable: false,
    } as const;
    const broken = exampleFlow({
      status: "needs_attention",
      lastRun: exampleRun({ status: "failed", failure, receipt: null }),
    });
    fakeServer({ ...nothing, "GET /api/flows": () => answer({ flows: [broken] }) });
    await renderPage(<FlowsPage />);
    const row = await screen.findByRole("row", { name: /Orders to the warehouse/ });
    expect(within(row).getByRole("link", { name: "Orders to the warehouse" })).toHaveAttribute(
      "href",
      `/flows/${broken.id}`,
    );
    expect(row).toHaveTextContent("Needs attention");
    expect(row).toHaveTextContent("A value is too long for “nickname”");
    expect(row).toHaveTextContent("orders in Shop");
    expect(row).toHaveTextContent("sales.orders in Warehouse");
    expect(row).not.toHaveTextContent("character varying");
  });

  it("leads from a flow to the question of its run, or to the rows that were set aside", async () => {
    const hold = { reason: "too_many_deletes", destinationRows: 9, created: 0, updated: 0, deleted: 8 } as const;
    const asking = exampleFlow({
      status: "needs_attention",
      lastRun: exampleRun({
        status: "needs_confirmation",
        receipt: null,
        hold: { ...hold, sampleKeys: [], confirmWith: "8" },
      }),
    });
    const { receipt } = exampleRun();
    const lacking = exampleFlow({
      id: "9a1b0c9d-8e7f-4a6b-9c5d-112233445566",
      name: "Invoices",
      lastRun: exampleRun({ receipt: receipt && { ...receipt, read: 1207, rejected: 3 } }),
    });
    fakeServer({ ...nothing, "GET /api/flows": () => answer({ flows: [asking, lacking] }) });
    await renderPage(<FlowsPage />);
    const first = await screen.findByRole("row", { name: /Orders to the warehouse/ });
    expect(first).toHaveTextContent("Needs your answer");
    const run = `/flows/${exampleRun().flowId}/runs/${exampleRun().id}`;
    expect(within(first).getByRole("link", { name: "Answer its question" })).toHaveAttribute("href", run);
    const second = screen.getByRole("row", { name: /Invoices/ });
    expect(second).toHaveTextContent("Finished with problems");
    expect(within(second).getByRole("link", { name: "Look at 3 rows set aside" })).toHaveAttribute("href", run);
  });

  it("leads back into a flow that was begun, to the step where it stopped", async () => {
    const draft = exampleDraft({
      steps: {
        credentials: { choice: "saved", connectionId: "3b2c1d0e-9f8a-4b7c-8d6e-223344556677" },
        table: { schema: "public", name: "orders" },
      },
    });
    fakeServer({ ...nothing, "GET /api/drafts": () => answer({ drafts: [draft] }) });
    await renderPage(<FlowsPage />);
    const link = await screen.findByRole("link", { name: "Flow from orders" });
    expect(link).toHaveAttribute("href", `/flows/drafts/${draft.id}/test`);
    expect(screen.getByText(/Step 2 of 7/)).toBeVisible();
  });

  it("throws a draft away only after asking", async () => {
    const user = userEvent.setup();
    const draft = exampleDraft();
    const { calls } = fakeServer({
      ...nothing,
      "GET /api/drafts": () => answer({ drafts: [draft] }),
      [`DELETE /api/drafts/${draft.id}`]: () => answer({}),
    });
    await renderPage(<FlowsPage />);
    await user.click(await screen.findByRole("button", { name: "Throw away New flow" }));
    const dialog = await screen.findByRole("dialog", { name: "Throw this away?" });
    expect(calls.some(({ method }) => method === "DELETE")).toBe(false);
    await user.click(within(dialog).getByRole("button", { name: "Throw away" }));
    await waitFor(() => expect(calls.some(({ method }) => method === "DELETE")).toBe(true));
  });

  it("says why the list cannot be shown and offers to try again", async () => {
    const user = userEvent.setup();
    let up = false;
    fakeServer({
      ...nothing,
      "GET /api/flows": () =>
        up ? answer({ flows: [exampleFlow()] }) : refusal({ type: "error:server/store-unavailable", status: 503 }),
    });
    await renderPage(<FlowsPage />);
    expect(await screen.findByRole("alert")).toHaveTextContent("Headgate cannot reach its own database");
    up = true;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: "Orders to the warehouse" })).toBeVisible();
  });
});
