import { Link } from "@tanstack/react-router";
import { useEffect, useRef, type ReactElement } from "react";
import { Callout } from "../../../../ui/callout.tsx";
import { stepCopy } from "../../copy.ts";
import { reviewCopy } from "./copy.ts";
import type { PlacedFault } from "./draft-faults.ts";

type Props = { readonly draftId: string; readonly faults: readonly PlacedFault[] };

/** What has to be put right before the flow can start, each with the way to its step. */
export function FaultList({ draftId, faults }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [faults]);
  return (
    <div ref={box}>
      <Callout kind="danger" role="alert" title={reviewCopy.faultsTitle}>
        <ul>
          {faults.map(({ step, message }) => (
            <li key={`${step} ${message}`}>
              {message}{" "}
              <Link to="/flows/drafts/$draftId/$step" params={{ draftId, step }} search={{ back: "review" }}>
                {reviewCopy.fix(stepCopy[step].short)}
              </Link>
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}
