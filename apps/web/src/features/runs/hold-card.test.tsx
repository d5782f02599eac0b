import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exampleRun } from "../../testing/examples.ts";
import { answer, fakeServer } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { RunPage } from "./run-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const run = exampleRun();
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
      [`POST /api/runs/${run.id}/confirm`]: (request) => {
        asked.push(request);
        return answer({ ...run, id: "11111111-1111-4111-8111-111111111111", status: "queued", receipt: null });
      },
    });
    await renderPage(<RunPage flowId={run.flowId} runId={run.id} />);
    expect(await screen.findByText("300 rows would be deleted, of 1,000 rows")).toBeVisible();
    expect(screen.getByText("(1) (2)")).toBeInTheDocument();

    await person.type(screen.getByLabelText("To go on, type 300"), "30");
    await person.click(screen.getByRole("button", { name: "Go on with the run" }));
    expect(await screen.findByText("Type 300 to say yes.")).toBeVisible();
    expect(asked).toEqual([]);

    await person.type(screen.getByLabelText("To go on, type 300"), "0");
    await person.click(screen.getByRole("button", { name: "Go on with the run" }));
    await waitFor(() => expect(asked).toHaveLength(1));
  });
});
