import type { PostgresConnection, SourceQuery } from "@headgate/contract";
import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement, type ReactNode } from "react";
import { useForm } from "react-hook-form";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { Stacked } from "../../../../ui/stacked.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { connectionQueries } from "../../../connections/queries.ts";
import { StepActions } from "../../layout/step-actions.tsx";
import { stepResolver } from "../../step-resolver.ts";
import type { StepProps } from "../../step-props.ts";
import { PreviewGrid } from "../../table-picker/preview-grid.tsx";
import { useTyped } from "../../use-typed.ts";
import { tableCopy } from "./copy.ts";
import { QueryFailure } from "./query-failure.tsx";
import classes from "./table-step.module.css";

type Props = StepProps<"table"> & { readonly connection: PostgresConnection; readonly above: ReactNode };
type QueryForm = { query: { name: string; sql: string } };

/** Step 3 with a query in place of a table: it has to have been run once, so that its columns are known. */
export function WriteQuery({ draft, saver, goOn, connection, above }: Props): ReactElement {
  const typed = draft.steps.table?.query;
  const [ran, setRan] = useState<SourceQuery | undefined>(
    typed?.searchPath && typed.sql && typed.name
      ? { name: typed.name, sql: typed.sql, searchPath: typed.searchPath }
      : undefined,
  );
  const found = useQuery({
    ...connectionQueries.query(connection.id, ran ?? { name: "", sql: "", searchPath: [] }),
    enabled: ran !== undefined,
  });
  const shown = ran && found.data?.status === "succeeded" ? { query: ran, ...found.data } : undefined;
  const typedOf = ({ query: { name, sql } }: QueryForm) => ({
    from: "query" as const,
    query: { name, sql, ...(shown?.query.sql === sql && { searchPath: shown.searchPath }) },
  });
  const form = useForm({
    resolver: stepResolver("table", draft, typedOf, ({ query }) =>
      query.sql.trim() === "" || shown?.query.sql === query.sql
        ? []
        : [{ field: "query.sql", message: tableCopy.runFirst }],
    ),
    defaultValues: { query: { name: typed?.name ?? tableCopy.queryName, sql: typed?.sql ?? "" } },
    shouldFocusError: false,
  });
  useTyped(form, (values) => saver.keep(typedOf(values)));
  const { query } = useFormValues(form);

  function run(): void {
    form.clearErrors();
    if (query.sql.trim() === "") return form.setError("query.sql", { message: tableCopy.noSql }, { shouldFocus: true });
    const next = { name: query.name || tableCopy.queryName, sql: query.sql, searchPath: [] };
    if (ran?.sql === next.sql) void found.refetch();
    setRan(next);
  }

  return (
    <StepForm
      form={form}
      onSubmit={(answers) => saver.finish(answers).then(goOn)}
      actions={<StepActions saver={saver} busy={form.formState.isSubmitting} />}
    >
      <Stacked>
        {above}
        <SectionCard title={tableCopy.queryTitle} description={tableCopy.queryText}>
          <div className={classes.query}>
            <TextField control={form.control} name="query.name" label={tableCopy.queryNameLabel} maxWidth="24rem" />
            <div className={classes.sql}>
              <TextField
                control={form.control}
                name="query.sql"
                label={tableCopy.sql}
                hint={tableCopy.sqlHint}
                rows={10}
                verbatim
              />
            </div>
            <div>
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={18} aria-hidden />}
                loading={found.isFetching}
                onClick={run}
              >
                {tableCopy.run}
              </Button>
            </div>
          </div>
        </SectionCard>
        {ran && (
          <SectionCard title={tableCopy.rows}>
            {found.isError && <ErrorCallout error={found.error} />}
            {found.isPending && <Skeletons lines={4} label={tableCopy.running} />}
            {found.data?.status === "failed" && (
              <QueryFailure failure={found.data.failure} settings={connection.settings} />
            )}
            {shown && <PreviewGrid name={shown.query.name} preview={shown.preview} />}
          </SectionCard>
        )}
      </Stacked>
    </StepForm>
  );
}
