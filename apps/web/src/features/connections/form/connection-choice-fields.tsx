import type { PostgresConnection } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { Callout } from "../../../ui/callout.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { ConnectionCards } from "./connection-cards.tsx";
import { detailsCount, type ChoiceForm } from "./connection-choice.ts";
import { ConnectionFields } from "./connection-fields.tsx";
import classes from "./connection-choice-fields.module.css";
import { formCopy } from "./copy.ts";
import { NewLogin } from "./new-login.tsx";

type Props = {
  readonly connections: readonly PostgresConnection[];
  readonly legend: string;
  /** The form came back from a draft, which never holds a password. */
  readonly resumed: boolean;
  /** What the connection is wanted for. */
  readonly plays?: "source" | "destination";
};

/** Saved connections as cards and, where they count, the details of one; must stand inside a form provider. */
export function ConnectionChoice({ connections, legend, resumed, plays = "source" }: Props): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const { selection, editing } = useFormValues(form);
  const saved = connections.find((connection) => connection.id === selection);
  return (
    <div className={classes.choice}>
      <ConnectionCards connections={connections} legend={legend} />
      {saved && editing && saved.flowNames.length > 0 && (
        <Callout kind="info" title={formCopy.usedBy(saved.flowNames)} />
      )}
      {selection === "new" && <NewLogin plays={plays} />}
      {detailsCount({ selection, editing }) && <ConnectionFields key={selection} saved={saved} resumed={resumed} />}
    </div>
  );
}
