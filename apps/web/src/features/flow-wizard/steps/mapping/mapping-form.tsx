import { jsonText, rowToJson } from "@headgate/core";
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useMemo, useState, type ReactElement } from "react";
import { useForm } from "react-hook-form";
import { Callout } from "../../../../ui/callout.tsx";
import { fieldId } from "../../../../ui/field.ts";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Stacked } from "../../../../ui/stacked.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { WithAside } from "../../../../ui/with-aside.tsx";
import { StepActions } from "../../layout/step-actions.tsx";
import { stepResolver } from "../../step-resolver.ts";
import { useTyped } from "../../use-typed.ts";
import { ColumnList } from "./column-list.tsx";
import { mappingCopy } from "./copy.ts";
import { JsonPane, type RowAsJson } from "./json-pane.tsx";
import { faultsByRow, judgeRows, stepFaults } from "./mapping-judge.ts";
import {
  changedRows,
  mappedFields,
  mappingRows,
  proposedFields,
  type MappingChange,
  type MappingRow,
} from "./mapping-rows.ts";
import { ColumnOptions } from "./options/column-options.tsx";
import { ruleFaultIn } from "./options/rule-faults.ts";
import { ValueRules } from "./options/value-rules.tsx";
import type { MappingProps } from "./mapping-step.tsx";
import type { MappingWords } from "./mapping-words.ts";
import classes from "./mapping.module.css";

type Form = { rows: readonly MappingRow[] };

type Props = MappingProps & { readonly words: MappingWords };

/** The columns with their names, and one real row beside them as it will arrive. */
export function MappingForm(props: Props): ReactElement {
  const { draft, saver, goOn, connection, source, destination, words } = props;
  const judge = (rows: readonly MappingRow[]) => judgeRows(rows, draft, source, destination);
  const form = useForm({
    resolver: stepResolver(
      "mapping",
      draft,
      ({ rows }: Form) => ({ fields: mappedFields(rows) }),
      ({ rows }) => stepFaults(judge(rows)),
    ),
    defaultValues: {
      rows: mappingRows(source, draft.steps.mapping?.fields ?? proposedFields(source, destination)),
    },
    shouldFocusError: false,
  });
  const { setValue, getValues } = form;
  const { rows } = useFormValues(form);
  const [edited, setEdited] = useState<string>();
  const wide = useMediaQuery("(min-width: 75em)", true);
  const faults = judge(rows);
  const fields = useMemo(() => mappedFields(rows), [rows]);
  useTyped(form, (values) => saver.keep({ fields: mappedFields(values.rows) }));

  const change = useCallback(
    (step: MappingChange) => {
      const next = changedRows(getValues("rows"), step);
      if (step.type === "rename") setEdited(step.destination);
      setValue("rows", next, { shouldDirty: true });
    },
    [getValues, setValue],
  );

  function matchAgain(): void {
    setValue("rows", mappingRows(source, proposedFields(source, destination)), { shouldDirty: true });
  }

  const jsonOf = useCallback(
    (columns: Parameters<typeof rowToJson>[0], row: readonly (string | null)[]): RowAsJson => ({
      text: fields.length === 0 ? undefined : jsonText(rowToJson(columns, row, fields)),
    }),
    [fields],
  );

  const { errors } = form.formState;
  const whole = faults.filter((fault) => fault.field === null);
  return (
    <StepForm
      form={form}
      onSubmit={(answers) => saver.finish(answers).then(goOn)}
      actions={<StepActions saver={saver} busy={form.formState.isSubmitting} />}
    >
      <WithAside aside="wide">
        <Stacked>
          <SectionCard title={words.title}>
            <div id={fieldId("fields")} tabIndex={-1}>
              {whole.length > 0 && (
                <div className={classes.whole}>
                  <Callout kind="warning" title={mappingCopy.wholeTitle}>
                    {whole.map(({ message }) => (
                      <p key={message}>{message}</p>
                    ))}
                  </Callout>
                </div>
              )}
              <ColumnList
                rows={rows}
                words={words}
                destination={destination}
                fieldOf={(place) => `fields.${place}.destination`}
                faults={faultsByRow(rows, faults)}
                onChange={change}
                onMatchAgain={matchAgain}
              />
            </div>
          </SectionCard>
          <ColumnOptions draft={draft} rows={rows} onChange={change} />
          <ValueRules
            draft={draft}
            rows={rows}
            faultOf={(position, rule) => ruleFaultIn(errors, position, rule)}
            onChange={change}
          />
        </Stacked>
        <JsonPane
          {...{ connection, source, words, jsonOf }}
          highlight={edited === undefined ? undefined : [edited]}
          folded={!wide}
        />
      </WithAside>
    </StepForm>
  );
}
