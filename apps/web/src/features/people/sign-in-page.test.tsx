import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { user as ada } from "../../testing/examples.ts";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { passwordStrength } from "./password-hint.tsx";
import { SignInPage } from "./sign-in-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const closed = { "GET /api/setup": () => answer({ open: false, signedIn: true }) };

async function signIn(): Promise<void> {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("E-mail"), "ada@example.com");
  await user.type(screen.getByLabelText("Password"), "correct horse battery");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

describe("the sign-in page", () => {
  it("signs in and goes on", async () => {
    const done = vi.fn<() => void>();
    fakeServer({ ...closed, "POST /api/session": () => answer(ada), "GET /api/session": () => answer(ada) });
    await renderPage(<SignInPage onSignedIn={done} />);
    await signIn();
    await waitFor(() => expect(done).toHaveBeenCalled());
  });

  it("does not say whether it was the e-mail or the password, and keeps both", async () => {
    fakeServer({
      ...closed,
      "POST /api/session": () => refusal({ type: "error:auth/wrong-credentials", status: 401 }),
    });
    await renderPage(<SignInPage onSignedIn={() => undefined} />);
    await signIn();
    expect(await screen.findByRole("alert")).toHaveTextContent("E-mail or password is not right");
    expect(screen.getByLabelText("E-mail")).toHaveValue("ada@example.com");
    expect(screen.getByLabelText("Password")).toHaveValue("correct horse battery");
  });

  it("says how long to wait after too many tries", async () => {
    fakeServer({
      ...closed,
      "POST /api/session": () => refusal({ type: "error:auth/too-many-attempts", status: 429, retryAfterSeconds: 300 }),
    });
    await renderPage(<SignInPage onSignedIn={() => undefined} />);
    await signIn();
    expect(await screen.findByRole("alert")).toHaveTextContent("Wait 5 minutes");
  });

  it("points to the set-up link while there is no account", async () => {
    fakeServer({ "GET /api/setup": () => answer({ open: true, signedIn: false }) });
    await renderPage(<SignInPage onSignedIn={() => undefined} />);
    expect(await screen.findByRole("heading", { name: "Almost there" })).toBeVisible();
  });
});

describe("passwordStrength", () => {
  it("values length and distrusts repetition", () => {
    expect(passwordStrength("").level).toBe(0);
    expect(passwordStrength("short").words).toBe("7 more to go");
    expect(passwordStrength("aaaaaaaaaaaaaaaaaaaa").level).toBe(1);
    expect(passwordStrength("twelve chars").level).toBe(2);
    expect(passwordStrength("a whole sentence is best").level).toBe(3);
  });
});
