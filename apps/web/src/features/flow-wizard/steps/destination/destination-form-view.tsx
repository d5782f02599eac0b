import type { PostgresConnection, Stream, StreamSummary } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { useMemo, type ReactElement } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Callout } from "../../../../ui/callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { connectionQueries } from "../../../connections/queries.ts";
import { StepActions } from "../../layout/step-actions.tsx";
import type { StepProps } from "../../step-props.ts";
import { stepResolver } from "../../step-resolver.ts";
import { useTyped } from "../../use-typed.ts";
import { destinationCopy } from "./copy.ts";
import {
  catalogFaults,
  destinationDefaults,
  isSameTable,
  keysFor,
  offeredTables,
  typedDestination,
  type DestinationForm,
} from "./destination-form.ts";
import { TargetFields } from "./target-fields.tsx";
import { BadRowsFields } from "./bad-rows-fields.tsx";
import { FittingMode } from "./fitting-mode.tsx";
import { OwnSqlFields } from "./own-sql-fields.tsx";
import { PromiseLine } from "./promise-line.tsx";
import { ReadModeFields } from "./read-mode-fields.tsx";
import { WriteRights } from "./write-rights.tsx";
import { UndoField } from "./undo-field.tsx";
import { WriteModeFields } from "./write-mode-fields.tsx";
import classes from "./destination.module.css";

type Props = StepProps<"destination"> & {
  readonly connection: PostgresConnection;
  readonly sourceConnection: PostgresConnection;
  readonly source: Stream;
  readonly catalog: {
    readonly schemas: readonly { readonly name: string; readonly tableCount: number; readonly mayCreate: boolean }[];
    readonly streams: readonly StreamSummary[];
  };
};

/** The table half of step 4. */
export function DestinationFormView(props: Props): ReactElement {
  const { draft, saver, goOn, connection, sourceConnection, source, catalog } = props;
  const choice = { choice: "saved" as const, connectionId: connection.id };
  const offered = useMemo(() => offeredTables(source, catalog), [source, catalog]);
  const form = useForm({
    resolver: stepResolver(
      "destination",
      draft,
      (edited: DestinationForm) => typedDestination(choice, edited),
      (edited) => catalogFaults(edited, catalog),
    ),
    defaultValues: destinationDefaults(draft.steps.destination ?? {}, offered, catalog),
    shouldFocusError: false,
  });
  const values = useFormValues(form);
  const { target, schema, name } = values;
  const looksUp = target === "existing" && name !== "";
  const looked = useQuery({ ...connectionQueries.table(connection.id, { schema, name }), enabled: looksUp });
  const destination = looksUp && looked.data?.status === "succeeded" ? looked.data.stream : undefined;
  const keys = keysFor(target, source, destination);
  const settled = target === "create" || destination !== undefined;
  useTyped(form, (edited) => saver.keep(typedDestination(choice, edited)));

  function saveAtOnce(fitting: DestinationForm): void {
    saver.keep(typedDestination(choice, fitting));
    // The status beside the buttons says so when it did not work.
    saver.settle().catch(() => undefined);
  }

  return (
    <FormProvider {...form}>
      <FittingMode settled={settled} keys={keys} source={source} onFitted={saveAtOnce} />
      <StepForm
        form={form}
        onSubmit={(answers) => saver.finish(answers).then(goOn)}
        actions={<StepActions saver={saver} busy={form.formState.isSubmitting} />}
      >
        <SectionCard title={destinationCopy.whereTitle}>
          <TargetFields {...{ draft, connection, catalog, offered }} />
        </SectionCard>
        {isSameTable(draft, values, addressOf(connection) === addressOf(sourceConnection)) && (
          <Callout kind="warning" role="status" title={destinationCopy.sameTitle}>
            {destinationCopy.same}
          </Callout>
        )}
        <SectionCard title={destinationCopy.modeTitle}>
          <WriteModeFields
            {...{ keys, source, destination, settled, target }}
            onLookAgain={() => void looked.refetch()}
          />
        </SectionCard>
        {values.writeMode !== "" && (
          <SectionCard title={destinationCopy.rowsTitle}>
            <div className={classes.stack}>
              <ReadModeFields source={source} />
              <BadRowsFields />
              <UndoField />
              <PromiseLine />
              <OwnSqlFields />
            </div>
          </SectionCard>
        )}
        <WriteRights {...{ draft, connection, destination }} />
      </StepForm>
    </FormProvider>
  );
}

function addressOf({ settings: { host, port, database } }: PostgresConnection): string {
  return JSON.stringify([host.toLowerCase(), port, database]);
}
