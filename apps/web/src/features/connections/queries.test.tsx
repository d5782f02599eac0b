import { useQuery } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { answer, fakeServer } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { shop } from "../../testing/wizard/samples.ts";
import { connectionQueries, useUpdateConnection } from "./queries.ts";

afterEach(() => vi.unstubAllGlobals());

function Renaming(): ReactElement {
  const { data } = useQuery(connectionQueries.one(shop.id));
  const update = useUpdateConnection();
  const answers = { kind: "postgres" as const, name: "Renamed", settings: shop.settings, secrets: {} };
  return (
    <>
      <h1>{data?.name}</h1>
      <button type="button" onClick={() => update.mutate({ connection: shop, answers })}>
        Save
      </button>
    </>
  );
}

it("a page that shows a connection is told when it was saved, even under the same revision", async () => {
  fakeServer({
    [`GET /api/connections/${shop.id}`]: () => answer(shop),
    [`PUT /api/connections/${shop.id}`]: () => answer({ ...shop, name: "Renamed" }),
  });
  await renderPage(<Renaming />);
  await screen.findByRole("heading", { name: "Shop" });
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { name: "Renamed" })).toBeVisible();
});
