import type { PostgresConnection, TableName } from "@headgate/contract";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement, type ReactNode } from "react";
import { useForm } from "react-hook-form";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { fieldId } from "../../../../ui/field.ts";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { Stacked } from "../../../../ui/stacked.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import { StepActions } from "../../layout/step-actions.tsx";
import type { StepProps } from "../../step-props.ts";
import { stepResolver } from "../../step-resolver.ts";
import { previewCopy } from "../../table-picker/copy.ts";
import { PreviewTable } from "../../table-picker/preview-table.tsx";
import { TablePicker } from "../../table-picker/table-picker.tsx";
import type { TableItem } from "../../table-picker/table-search.ts";
import { UnreadableNote } from "../../table-picker/unreadable-note.tsx";
import { useTyped } from "../../use-typed.ts";
import { tableCopy } from "./copy.ts";
import { SourceSwitch, type SourceKind } from "./source-switch.tsx";
import { WriteQuery } from "./write-query.tsx";
import classes from "./table-step.module.css";

type Props = StepProps<"table">;
type TableForm = { schema: string; name: string };

/** How long the keyboard rests on a table before its rows are fetched. */
const restMilliseconds = 200;

/** Step 3: the table whose rows travel. */
export function TableStep(props: Props): ReactElement {
  const connection = useQuery(connectionQueries.database(props.draft.steps.credentials?.connectionId ?? ""));
  if (connection.data) return <ChooseSource key={connection.data.id} {...props} connection={connection.data} />;
  return connection.isError ? <ErrorCallout error={connection.error} /> : <Skeletons lines={6} />;
}

type Sources = Props & { readonly connection: PostgresConnection };

function ChooseSource(props: Sources): ReactElement {
  const { from, schema, name, query } = props.draft.steps.table ?? {};
  const [kind, setKind] = useState<SourceKind>(from ?? "table");

  function become(next: SourceKind): void {
    setKind(next);
    // What was chosen the other way is kept for whoever comes back to it.
    props.saver.keep({ from: next, schema, name, query });
  }

  const above = <SourceSwitch value={kind} onChange={become} />;
  return kind === "query" ? <WriteQuery {...props} above={above} /> : <ChooseTable {...props} above={above} />;
}

function ChooseTable({ draft, saver, goOn, connection, above }: Sources & { readonly above: ReactNode }): ReactElement {
  const typed = draft.steps.table;
  const form = useForm({
    // An untouched form has neither part; only the table is missed, as choosing it brings its schema.
    resolver: stepResolver("table", draft, ({ schema, name }: TableForm) => ({
      schema: schema || "public",
      name: name || undefined,
    })),
    defaultValues: { schema: typed?.schema ?? "", name: typed?.name ?? "" },
    shouldFocusError: false,
  });
  useTyped(form, (values) => saver.keep(values));
  const { schema, name } = useFormValues(form);
  const chosen = name === "" ? undefined : { schema, name };
  const [lookedAt, setLookedAt] = useState<TableItem>();
  const [shown] = useDebouncedValue(chosen, restMilliseconds);
  const [looked] = useDebouncedValue(lookedAt, restMilliseconds);

  function select(table: TableName): void {
    form.setValue("schema", table.schema);
    form.setValue("name", table.name, { shouldDirty: true });
    form.clearErrors();
  }

  return (
    <StepForm
      form={form}
      onSubmit={(table) => saver.finish(table).then(goOn)}
      actions={
        <StepActions
          saver={saver}
          busy={form.formState.isSubmitting}
          {...(chosen && { label: tableCopy.goOn(chosen.name) })}
        />
      }
    >
      <Stacked>
        {above}
        <SectionCard title={tableCopy.choose}>
          <div id={fieldId("name")}>
            {form.formState.errors.name && <p className={classes.error}>{form.formState.errors.name.message}</p>}
            <TablePicker connection={connection} value={chosen} onSelect={select} onLook={setLookedAt} />
          </div>
        </SectionCard>
        <SectionCard title={shown ? previewCopy.title(shown.name) : previewCopy.heading}>
          {looked && !looked.readable ? (
            <UnreadableNote item={looked} connection={connection} />
          ) : shown ? (
            <PreviewTable connection={connection} table={shown} />
          ) : (
            <p className={classes.none}>{previewCopy.none}</p>
          )}
        </SectionCard>
      </Stacked>
    </StepForm>
  );
}
