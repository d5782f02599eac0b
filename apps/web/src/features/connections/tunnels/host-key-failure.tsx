import type { CheckFailure, Tunnel } from "@headgate/contract";
import type { ReactElement, ReactNode } from "react";
import { checkFailureCopy } from "../../../lib/messages.ts";
import { tunnelMessages } from "../../../lib/messages/tunnel-codes.ts";
import { Callout } from "../../../ui/callout.tsx";
import { TechnicalDetails } from "../../../ui/technical-details.tsx";
import { hostKeyCopy } from "./copy.ts";

type Props = { readonly tunnel: Tunnel; readonly failure: CheckFailure; readonly actions: ReactNode };

/** Why the SSH server could not be asked; the usual words speak of databases, so only their title is kept. */
export function HostKeyFailure({ tunnel, failure, actions }: Props): ReactElement {
  const { title, why, next } = checkFailureCopy(failure, { host: tunnel.host, port: String(tunnel.port) });
  const aboutSsh = failure.code in tunnelMessages;
  return (
    <Callout kind="danger" role="alert" title={title} actions={actions}>
      {aboutSsh && <p>{why}</p>}
      <p>{aboutSsh ? next : hostKeyCopy.failedNext}</p>
      {failure.detail && <TechnicalDetails text={`${failure.detail}\n(${failure.stage}, ${failure.code})`} />}
    </Callout>
  );
}
