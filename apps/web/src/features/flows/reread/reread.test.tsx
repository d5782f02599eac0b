import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { exampleFlow } from "../../../testing/examples.ts";
import { answer, fakeServer } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { FlowPage } from "../flow-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const plain = exampleFlow();
const definition = { ...plain.definition, readMode: "incremental" } as const;
const asked = { id: "6a7b2f0e-8f3c-4b59-9f0a-0c8f9f2b1d3e", from: null, askedAt: "2026-11-21T09:00:00.000Z" };

function server(flow: typeof plain) {
  return fakeServer({
    [`GET /api/flows/${flow.id}`]: () => answer(flow),
    [`GET /api/flows/${flow.id}/runs?limit=30`]: () => answer({ runs: [] }),
    [`POST /api/flows/${flow.id}/reread`]: () => answer({ ...flow, reread: asked }),
    [`DELETE /api/flows/${flow.id}/reread`]: () => answer({ ...flow, reread: null }),
  });
}

const page = <FlowPage flowId={plain.id} tab="settings" onTab={() => undefined} />;

it("where rows are only added, everything is read again only after the word is typed, and it can be taken back", async () => {
  const user = userEvent.setup();
  const { calls } = server({ ...plain, definition: { ...definition, writeMode: "append", syncKey: [] } });
  await renderPage(page);
  await user.click(await screen.findByRole("button", { name: "Read again with the next run" }));
  expect(await screen.findByText("Type add again to say that all these rows are added once more.")).toBeVisible();
  expect(calls.some(({ method }) => method === "POST")).toBe(false);
  await user.type(screen.getByLabelText("To go on, type add again"), "add again");
  await user.click(screen.getByRole("button", { name: "Read again with the next run" }));
  expect(await screen.findByText(/It reads all rows of the source\./)).toBeVisible();
  expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ from: null, word: "add again" });
  await user.click(screen.getByRole("button", { name: "Do not read again" }));
  await waitFor(() => expect(screen.queryByText(/It reads all rows of the source\./)).toBeNull());
});

it("with a key and a time to go by, rows can be read again from a point on, without any word", async () => {
  const user = userEvent.setup();
  const changes = { by: "xmin", cursor: { column: "updated_at", lookBackHours: 24 } } as const;
  const { calls } = server({ ...plain, definition: { ...definition, changes, writeMode: "upsert" } });
  await renderPage(page);
  await user.click(await screen.findByRole("radio", { name: /Only rows from a value of updated_at on/ }));
  await user.type(screen.getByLabelText("From this updated_at on"), "2026-11-01");
  await user.click(screen.getByRole("button", { name: "Read again with the next run" }));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({
      from: { column: "updated_at", value: "2026-11-01" },
    }),
  );
});
