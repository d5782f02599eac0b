import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { problemMessages } from "../../lib/messages/problems.ts";
import { Callout } from "../../ui/callout.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { Door } from "./door.tsx";
import { peopleQueries } from "./queries.ts";
import { SetupForm } from "./setup-form.tsx";
import { useSetupToken } from "./setup-token.ts";

type Props = { readonly onDone: () => void };

export function SetupPage({ onDone }: Props): ReactElement {
  const setup = useQuery(peopleQueries.setup());
  const token = useSetupToken();

  if (setup.isPending) {
    return (
      <Door title="Welcome to Headgate">
        <Skeletons lines={5} />
      </Door>
    );
  }
  if (setup.data && !setup.data.open) {
    const { title, why } = problemMessages["error:setup/closed"];
    return (
      <Door title={title} lead={why}>
        <Link to="/sign-in">Sign in</Link>
      </Door>
    );
  }
  if (token === "") return <LinkNeeded />;
  return (
    <Door title="Welcome to Headgate" lead="Create the first account. It takes half a minute.">
      <SetupForm token={token} onDone={onDone} />
    </Door>
  );
}

/** The secret lives only in the link, so a reload or a typed address comes without it. */
function LinkNeeded(): ReactElement {
  return (
    <Door title="Open the set-up link again">
      <Callout kind="info">
        <p>
          The link works once and is not kept by this page. Copy it from the window in which Headgate was started and
          open it here.
        </p>
      </Callout>
    </Door>
  );
}
