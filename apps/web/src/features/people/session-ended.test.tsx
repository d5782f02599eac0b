import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useQuery } from "@tanstack/react-query";
import { act, useState, type ReactElement } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SessionEndedDialog } from "../../app/layout/session-ended-dialog.tsx";
import { user as ada } from "../../testing/examples.ts";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { systemQuery } from "../../lib/system.ts";
import { markSessionResumed, useSessionEnded } from "../../lib/session-ended.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  act(markSessionResumed);
});

/** A page that asks the server something while a person types. */
function Page(): ReactElement {
  const [text, setText] = useState("");
  const system = useQuery(systemQuery());
  return (
    <>
      <label>
        Notes
        <input value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </label>
      <button type="button" onClick={() => void system.refetch()}>
        Ask
      </button>
      <p>{system.data?.version}</p>
      {useSessionEnded() && <SessionEndedDialog />}
    </>
  );
}

describe("a session that ends while a page is open", () => {
  it("asks for the password over the page, then goes on with everything typed still there", async () => {
    const user = userEvent.setup();
    let signedIn = false;
    fakeServer({
      "GET /api/setup": () => answer({ open: false, signedIn }),
      "GET /api/session": () => answer(ada),
      "POST /api/session": () => {
        signedIn = true;
        return answer(ada);
      },
      "GET /api/system": () =>
        signedIn
          ? answer({ version: "9.9.9", practice: true, loopbackAllowed: true })
          : refusal({ type: "error:auth/signed-out", status: 401 }),
    });
    await renderPage(<Page />);
    await user.type(screen.getByLabelText("Notes"), "half a thought");
    await screen.findByRole("dialog", { name: "Please sign in again" });
    await user.type(screen.getByLabelText("E-mail"), "ada@example.com");
    await user.type(screen.getByLabelText("Password"), "correct horse battery");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByText("9.9.9")).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.getByLabelText("Notes")).toHaveValue("half a thought");
  });
});
