import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exampleRun } from "../../testing/examples.ts";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { RunPage } from "./run-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const run = exampleRun({ finishedAt: new Date().toISOString() });
const list = `GET /api/flows/${run.flowId}/runs?limit=30`;
const held = {
  ...run,
  status: "needs_confirmation",
  receipt: null,
  hold: {
    reason: "too_many_deletes",
    destinationRows: 1000,
    created: 2,
    updated: 3,
    deleted: 300,
    sampleKeys: ["(1)", "(2)"],
    confirmWith: "300",
  },
};

describe("a run that asks first", () => {
  it("says what would go and goes on only when the number is typed [G4]", async () => {
    const person = userEvent.setup();
    const asked: unknown[] = [];
    fakeServer({
      [`GET /api/runs/${run.id}`]: () => answer(held),
      [list]: () => answer({ runs: [held] }),
      [`POST /api/runs/${run.id}/confirm`]: (request) => {
        asked.push(request);
        return answer({ ...run, id: "11111111-1111-4111-8111-111111111111", status: "queued", receipt: null });
      },
    });
    await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
    expect(await screen.findByText("300 of 1,000 rows would be deleted")).toBeVisible();
    expect(screen.getByText("(1) (2)")).toBeInTheDocument();

    await person.type(screen.getByLabelText("To go on, type 300"), "30");
    await person.click(screen.getByRole("button", { name: "Go on with the run" }));
    expect(await screen.findByText(/This is not the number of rows\. Type 300/)).toBeVisible();
    expect(asked).toEqual([]);

    await person.type(screen.getByLabelText("To go on, type 300"), "0");
    await person.click(screen.getByRole("button", { name: "Go on with the run" }));
    await waitFor(() => expect(asked).toHaveLength(1));
  });
  it("shows at the field what the server has against a number, also one with separators", async () => {
    const person = userEvent.setup();
    const many = { ...held, hold: { ...held.hold, deleted: 12_000, confirmWith: "12000" } };
    const { calls } = fakeServer({
      [`GET /api/runs/${run.id}`]: () => answer(many),
      [list]: () => answer({ runs: [many] }),
      [`POST /api/runs/${run.id}/confirm`]: () =>
        refusal({ type: "error:request/invalid", status: 422, fields: { number: "This is not the number." } }),
    });
    await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
    const field = await screen.findByLabelText("To go on, type 12000");
    await person.type(field, "12,000");
    await person.click(screen.getByRole("button", { name: "Go on with the run" }));
    expect(await screen.findByText("This is not the number.")).toBeVisible();
    expect(field).toHaveAccessibleDescription(/This is not the number/);
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ number: "12000" });
  });

  it("says how many rows look new where usually there are few, and asks for their number [V22]", async () => {
    const none = { destinationRows: 0, updated: 0, deleted: 0, sampleKeys: [] };
    const unusual = {
      ...held,
      hold: { reason: "unusual_count", ...none, created: 12_000, usual: 40, confirmWith: "12000" },
    };
    fakeServer({
      [`GET /api/runs/${run.id}`]: () => answer(unusual),
      [list]: () => answer({ runs: [unusual] }),
    });
    await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
    expect(await screen.findByText("12,000 rows count as new, far more than usual")).toBeVisible();
    expect(screen.getByText(/usually reads about 40 rows/)).toBeVisible();
    expect(screen.getByLabelText("To go on, type 12000")).toHaveAccessibleDescription(/and a tenth more/);
    expect(screen.queryByText("Would be deleted")).not.toBeInTheDocument();
  });

  it("asks no more once the flow has run again, or after a day", async () => {
    const newer = exampleRun({ id: "11111111-1111-4111-8111-111111111111" });
    const served = { run: held, runs: [newer, held] };
    fakeServer({ [`GET /api/runs/${run.id}`]: () => answer(served.run), [list]: () => answer({ runs: served.runs }) });
    const page = await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
    expect(await screen.findByRole("link", { name: "See the newest run" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Go on with the run" })).not.toBeInTheDocument();
    page.unmount();

    const old = { ...held, finishedAt: "2020-01-01T00:00:00.000Z" };
    Object.assign(served, { run: old, runs: [old] });
    await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
    expect(await screen.findByText(/asked more than 24 hours ago/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Go on with the run" })).not.toBeInTheDocument();
  });
});
