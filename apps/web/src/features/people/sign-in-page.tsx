import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Callout } from "../../ui/callout.tsx";
import { Door } from "./door.tsx";
import { peopleQueries } from "./queries.ts";
import { SignInForm } from "./sign-in-form.tsx";

type Props = { readonly onSignedIn: () => void };

export function SignInPage({ onSignedIn }: Props): ReactElement {
  const { data: setup } = useQuery(peopleQueries.setup());
  if (setup?.open) return <FirstStart />;
  return (
    <Door title="Sign in">
      <SignInForm onSignedIn={onSignedIn} />
      <p style={{ marginBlock: "1.5rem 0", color: "var(--mantine-color-dimmed)" }}>
        Forgot your password? Ask whoever runs Headgate for a new one.
      </p>
    </Door>
  );
}

function FirstStart(): ReactElement {
  return (
    <Door title="Almost there" lead="Nobody has an account here yet, so there is nothing to sign in to.">
      <Callout kind="info" title="Open the set-up link">
        <p>
          Look at the window in which Headgate was started. It shows an address that contains <strong>/setup#</strong>.
          Open it in this browser to create the first account.
        </p>
      </Callout>
    </Door>
  );
}
