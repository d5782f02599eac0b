import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { exampleFlow, exampleRun } from "../../testing/examples.ts";
import { answer, fakeServer } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { RunPage } from "./run-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const run = exampleRun({ finishedAt: new Date().toISOString() });
const plain = exampleFlow({ id: run.flowId });
const flow = { ...plain, definition: { ...plain.definition, keepsUndo: true } };
const counted = { possible: true, removed: 1200, restored: 30, returned: 4, left: 2 };

function serve(undo: unknown) {
  return fakeServer({
    [`GET /api/runs/${run.id}`]: () => answer(run),
    [`GET /api/flows/${run.flowId}`]: () => answer(flow),
    [`GET /api/runs/${run.id}/undo`]: () => answer({ status: "succeeded", undo }),
    [`POST /api/runs/${run.id}/undo`]: () =>
      answer({ ...run, id: "11111111-1111-4111-8111-111111111111", trigger: "undo", status: "queued", receipt: null }),
  });
}

it("counts first, and undoes a run only when the number of rows is typed", async () => {
  const person = userEvent.setup();
  const { calls } = serve(counted);
  await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
  await person.click(await screen.findByRole("button", { name: "Count what would be undone" }));
  const field = await screen.findByLabelText("To undo, type 1234");
  expect(field).toHaveAccessibleDescription(/its next run brings the rows again/);
  await person.type(field, "123");
  await person.click(screen.getByRole("button", { name: "Undo this run" }));
  expect(await screen.findByText(/This is not the number of rows\. Type 1234/)).toBeVisible();
  expect(calls.some(({ method }) => method === "POST")).toBe(false);
  await person.type(field, "4");
  await person.click(screen.getByRole("button", { name: "Undo this run" }));
  await waitFor(() => expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ number: "1234" }));
});

it("says why a run cannot be undone", async () => {
  const person = userEvent.setup();
  serve({ possible: false, reason: "newer_run" });
  await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
  await person.click(await screen.findByRole("button", { name: "Count what would be undone" }));
  expect(await screen.findByText("The flow has run again since. Only its last run can be undone.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Undo this run" })).not.toBeInTheDocument();
});
