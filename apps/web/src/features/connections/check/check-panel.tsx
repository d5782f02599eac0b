import type { CheckFailure, Connection } from "@headgate/contract";
import { Button, Group } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { hintMessages, stageMessages } from "../../../lib/messages/check-words.ts";
import { Callout } from "../../../ui/callout.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { GrantsForFailure } from "../grants/grants-for-failure.tsx";
import { grantsToAsk } from "../grants/grants-to-ask.ts";
import { HostKeyForFailure } from "../tunnels/host-key-for-failure.tsx";
import { checkCopy, successLine, successTitle } from "./copy.ts";
import { EncryptionFacts } from "./encryption-facts.tsx";
import { FailureCallout } from "./failure-callout.tsx";
import { StageList } from "./stage-list.tsx";
import type { ConnectionCheck } from "./use-connection-check.ts";
import { useFocusOnResult } from "./use-focus-on-result.ts";
import classes from "./check-panel.module.css";

type Props = {
  readonly connection: Connection;
  readonly check: ConnectionCheck;
  /** What the connection is wanted for. */
  readonly plays?: "source" | "destination";
  /** Buttons beside "Test again" when the check failed, for example the way back to the form. */
  readonly failureActions?: (failure: CheckFailure) => ReactNode;
};

/** One connection check as it happens: stages, then what came of it. */
export function CheckPanel({ connection, check, plays = "source", failureActions }: Props): ReactElement {
  const { phase, stages, verdict } = check;
  const running = phase === "running";
  const { panel, result, holdHeight } = useFocusOnResult(phase);

  function begin(test: () => void): void {
    holdHeight();
    test();
  }

  return (
    <div ref={panel} className={classes.panel}>
      <StageList stages={stages} />
      {/* Above what comes of the test, so that nothing takes their place when it comes. */}
      <Group gap="sm" className={classes.buttons}>
        {running ? (
          <Button variant="default" onClick={check.stop}>
            {checkCopy.stop}
          </Button>
        ) : (
          <Button variant={verdict?.status === "succeeded" ? "default" : "light"} onClick={() => begin(check.start)}>
            {phase === "idle" ? checkCopy.start : checkCopy.again}
          </Button>
        )}
        {connection.kind === "webhook" && !running && (
          <Button variant="default" onClick={() => begin(check.sendMessage)}>
            {checkCopy.sendMessage}
          </Button>
        )}
      </Group>
      {connection.kind === "webhook" && <p className={classes.note}>{checkCopy.sendMessageText}</p>}
      <p className="visually-hidden" role="status">
        {spoken(connection, check)}
      </p>
      <div ref={result} className={classes.result} role="group" aria-label={checkCopy.result} tabIndex={-1}>
        {phase === "stopped" && (
          <Callout kind="info" role="status" title={checkCopy.stopped}>
            {checkCopy.stoppedNext}
          </Callout>
        )}
        {phase === "unasked" && <ErrorCallout error={check.error} />}
        {verdict?.status === "failed" && (
          <>
            <FailureCallout
              failure={verdict.failure}
              settings={connection.settings}
              actions={failureActions?.(verdict.failure)}
              withoutMessage={grantsToAsk(verdict.failure, plays) !== undefined}
            />
            {connection.kind === "postgres" && (
              <>
                <GrantsForFailure connection={connection} failure={verdict.failure} plays={plays} />
                <HostKeyForFailure connection={connection} failure={verdict.failure} onSettled={check.start} />
              </>
            )}
          </>
        )}
        {verdict?.status === "succeeded" && (
          <>
            <Callout kind="success" title={successTitle(connection)}>
              {successLine(verdict)}
            </Callout>
            {verdict.encryption && <EncryptionFacts encryption={verdict.encryption} />}
            {verdict.hints.map((hint) => (
              <Callout key={hint} kind={hintMessages[hint].severity} title={hintMessages[hint].title}>
                {hintMessages[hint].next}
              </Callout>
            ))}
          </>
        )}
      </div>
    </div>
  );
}

/** What is said aloud: each stage as it begins, then the outcome (a failure speaks for itself, as an alert). */
function spoken(connection: Connection, { phase, stages, verdict }: ConnectionCheck): string {
  if (verdict?.status === "succeeded") return `${successTitle(connection)}. ${successLine(verdict)}`;
  if (phase !== "running") return "";
  const current = stages.findLast((stage) => stage.status !== "waiting");
  if (!current) return checkCopy.running;
  const words = stageMessages[current.stage];
  return current.status === "passed" ? words.done : words.doing;
}
