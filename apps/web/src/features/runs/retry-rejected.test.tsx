import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { exampleRun } from "../../testing/examples.ts";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { RunPage } from "./run-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const receipt = { ...exampleRun().receipt, read: 1205, rejected: 1 };
const run = { ...exampleRun(), receipt };
const later = "11111111-1111-4111-8111-111111111111";
const rows = [{ key: "(17)", column: null, constraint: "positive", code: "value_refused" }];
const one = `GET /api/runs/${run.id}`;
const list = `GET /api/runs/${run.id}/rejected`;
const retry = `POST /api/runs/${run.id}/retry-rejected`;
const page = <RunPage flowId={run.flowId} runId={run.id} />;

it("tries rows again that were set aside, once", async () => {
  const person = userEvent.setup();
  const { calls } = fakeServer({
    [one]: () => answer(run),
    [list]: () => answer({ rows, retryable: true, retriedBy: null }),
    [retry]: () => answer({ ...exampleRun(), id: later, trigger: "retry", status: "queued", receipt: null }),
  });
  await renderPage(page);
  await person.click(await screen.findByRole("button", { name: "Try these rows again" }));
  await waitFor(() => expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1));
});

it("says why it cannot where a newer run came first", async () => {
  const person = userEvent.setup();
  fakeServer({
    [one]: () => answer(run),
    [list]: () => answer({ rows, retryable: true, retriedBy: null }),
    [retry]: () => refusal({ type: "error:run/not-retryable", status: 409 }),
  });
  await renderPage(page);
  await person.click(await screen.findByRole("button", { name: "Try these rows again" }));
  expect(await screen.findByText("These rows cannot be tried again from here")).toBeVisible();
});

it("offers nothing where the rows can only be looked at", async () => {
  fakeServer({ [one]: () => answer(run), [list]: () => answer({ rows, retryable: false, retriedBy: null }) });
  await renderPage(page);
  expect(await screen.findByText("(17)")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Try these rows again" })).toBeNull();
});

it("leads from rows that were tried again to the run that did", async () => {
  fakeServer({ [one]: () => answer(run), [list]: () => answer({ rows: [], retryable: false, retriedBy: later }) });
  await renderPage(page);
  const link = await screen.findByRole("link", { name: "See that run" });
  expect(link).toHaveAttribute("href", `/flows/${run.flowId}/runs/${later}`);
});

it("tells how many rows were not at the source any more, and which", async () => {
  const notes = [{ code: "rows_not_found" as const, side: "source" as const, columns: [], rows: 1 }];
  const gone = [{ key: "(18)", column: null, constraint: null, code: "row_not_found" }];
  fakeServer({
    [one]: () => answer(exampleRun({ trigger: "retry", notes })),
    [list]: () => answer({ rows: gone, retryable: true, retriedBy: null }),
  });
  await renderPage(page);
  expect(await screen.findByText(/1 row that was to be tried again could not be found/)).toBeVisible();
  expect(await screen.findByText("No row with this key was found at the source")).toBeVisible();
});
