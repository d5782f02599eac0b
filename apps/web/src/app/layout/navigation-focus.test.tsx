import { act, screen } from "@testing-library/react";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useEffect, useState, type ReactElement } from "react";
import { describe, expect, it } from "vitest";
import { NavigationFocus } from "./navigation-focus.tsx";

const data = new EventTarget();

/** First a page that loads, then another element in its place, as pages with data do. */
function LatePage(): ReactElement {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const arrive = (): void => setReady(true);
    data.addEventListener("arrived", arrive);
    return () => data.removeEventListener("arrived", arrive);
  }, []);
  return ready ? (
    <section>
      <h1 tabIndex={-1}>Orders</h1>
    </section>
  ) : (
    <div>
      <h1 tabIndex={-1}>Flow</h1>
    </div>
  );
}

async function show(): Promise<void> {
  const root = createRootRoute({
    component: () => (
      <>
        <NavigationFocus />
        <Link to={"/flow" as "/"}>To the flow</Link>
        <Outlet />
      </>
    ),
  });
  const home = createRoute({ getParentRoute: () => root, path: "/", component: () => <h1 tabIndex={-1}>Home</h1> });
  const flow = createRoute({ getParentRoute: () => root, path: "/flow", component: LatePage });
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({ routeTree: root.addChildren([home, flow]), history });
  await router.load();
  render(<RouterProvider router={router as never} />);
}

describe("the focus after a navigation", () => {
  it("is on the new page's heading, also when data replaces what was loading", async () => {
    const user = userEvent.setup();
    await show();
    expect(screen.getByRole("heading", { name: "Home" })).not.toHaveFocus();
    await user.click(screen.getByRole("link", { name: "To the flow" }));
    await expect.poll(() => document.activeElement?.textContent).toBe("Flow");
    act(() => {
      data.dispatchEvent(new Event("arrived"));
    });
    await expect.poll(() => document.activeElement?.textContent).toBe("Orders");
  });
});
