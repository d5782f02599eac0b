import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exampleRun } from "../../testing/examples.ts";
import { answer, eventStream, fakeServer } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { RunPage } from "./run-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const { id: runId, flowId } = exampleRun();
const path = `GET /api/runs/${runId}`;
const page = <RunPage flowId={flowId} runId={runId} />;

describe("the page of a run", () => {
  it("shows a receipt whose numbers add up", async () => {
    fakeServer({ [path]: () => answer(exampleRun()) });
    await renderPage(page);
    const receipt = await screen.findByRole("region", { name: "Receipt" });
    expect(receipt).toHaveTextContent("It adds up: 1,200 + 4 = 1,204.");
    expect(screen.getByText("1,204 rows read: 1,200 new, 4 changed, in 8 seconds.")).toBeVisible();
  });

  it("says that nothing came instead of staying silent about 0 rows", async () => {
    const receipt = { ...exampleRun().receipt, read: 0, created: 0, updated: 0 };
    fakeServer({ [path]: () => answer({ ...exampleRun(), receipt }) });
    await renderPage(page);
    expect(await screen.findByText(/0 rows read: the source had nothing to send/)).toBeVisible();
  });

  it("tells how many columns are new at the source, and which", async () => {
    const notes = [{ code: "columns_added" as const, side: "source" as const, columns: ["a", "b", "c"] }];
    fakeServer({ [path]: () => answer(exampleRun({ notes })) });
    await renderPage(page);
    expect(await screen.findByText("3 columns are new at the source and left alone: a, b, c.")).toBeVisible();
  });

  it.each(["failed", "cancelled"] as const)("says which rows of a run that %s are there to stay", async (status) => {
    const receipt = { ...exampleRun().receipt, read: 120_000, created: 119_000, updated: 600, unchanged: 400 };
    fakeServer({ [path]: () => answer({ ...exampleRun(), status, receipt }) });
    await renderPage(page);
    expect(await screen.findByText("120,000 rows are in the destination already")).toBeVisible();
    expect(screen.getByText(/goes on with the rest, and no row will be there twice/)).toBeVisible();
    expect(screen.queryByText(/clean state/)).toBeNull();
  });

  it("explains a failure and keeps the server's words in a fold", async () => {
    const failure = {
      origin: "destination",
      kind: "temporary",
      code: "disk_full",
      facts: {},
      detail: "could not extend file: No space left on device",
      retryable: true,
    };
    fakeServer({ [path]: () => answer({ ...exampleRun(), status: "failed", receipt: null, failure }) });
    await renderPage(page);
    expect(await screen.findAllByText(/The destination's disk is full/)).not.toHaveLength(0);
    expect(screen.getByText(/Ask for room to be made/)).toBeVisible();
    const words = screen.getAllByText(/No space left on device/);
    expect(words.every((element) => element.closest("details") !== null)).toBe(true);
  });

  it("follows a run as it goes on, to its receipt", async () => {
    const progress = { stage: "reading", rowsRead: 500, bytes: 40_000, rowsEstimated: 1200 };
    const running = { ...exampleRun(), status: "running", receipt: null, finishedAt: null, progress };
    const later = { ...running, progress: { ...progress, rowsRead: 900 } };
    fakeServer({
      [path]: () => answer(running),
      [`${path}/events`]: () =>
        eventStream([`data: ${JSON.stringify(later)}\n\n`, `data: ${JSON.stringify(exampleRun())}\n\n`]),
    });
    await renderPage(page);
    expect(await screen.findByRole("region", { name: "Receipt" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Stop" })).not.toBeInTheDocument();
  });

  it("asks before it stops a run, then says that it is stopping", async () => {
    const user = userEvent.setup();
    const running = { ...exampleRun(), status: "running", receipt: null, finishedAt: null };
    const stopping = { ...running, cancelRequested: true };
    const { calls } = fakeServer({
      [path]: () => answer(running),
      [`${path}/events`]: () =>
        new Response(new ReadableStream(), { headers: { "content-type": "text/event-stream" } }),
      [`POST /api/runs/${runId}/cancel`]: () => answer(stopping),
    });
    await renderPage(page);
    await user.click(await screen.findByRole("button", { name: "Stop" }));
    const dialog = await screen.findByRole("dialog", { name: "Stop this run?" });
    expect(calls.some(({ method }) => method === "POST")).toBe(false);
    await user.click(within(dialog).getByRole("button", { name: "Stop the run" }));
    expect(await screen.findByRole("heading", { name: "Stopping…" })).toBeVisible();
  });
});
