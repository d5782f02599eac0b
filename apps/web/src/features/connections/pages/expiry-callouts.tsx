import type { Connection } from "@headgate/contract";
import { expiryWarnings } from "@headgate/core";
import type { ReactElement } from "react";
import { expiryMessages, expiryTitle } from "../../../lib/messages/attention.ts";
import { Callout } from "../../../ui/callout.tsx";
import { useNow } from "../../../ui/relative-time.tsx";

/** What of the connection has ended or will soon, each with what to do about it. */
export function ExpiryCallouts({ connection }: { readonly connection: Connection }): ReactElement {
  const now = useNow(60_000);
  return (
    <>
      {expiryWarnings(connection, now).map((warning) => (
        <Callout
          key={warning.kind}
          kind={warning.level === "expired" ? "danger" : warning.level === "week" ? "warning" : "info"}
          title={expiryTitle(warning)}
        >
          {expiryMessages[warning.kind].next}
        </Callout>
      ))}
    </>
  );
}
