import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { CheckField } from "../../../../ui/check-field.tsx";
import { Fold } from "../../../../ui/fold.tsx";
import { SelectField } from "../../../../ui/select-field.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import classes from "../kinds.module.css";
import { delimiters, filesFormCopy, lineEnds } from "./copy.ts";
import { csvExample } from "./csv-example.ts";
import type { FilesForm } from "./files-form.ts";

/** How CSV is written; most people need none of it. */
export function CsvFields(): ReactElement {
  const form = useFormContext<FilesForm>();
  const { control, formState } = form;
  const { csv } = useFormValues(form).settings;
  return (
    <Fold title={filesFormCopy.csv} hint={filesFormCopy.csvHint} faulty={formState.errors.settings?.csv !== undefined}>
      <div className={classes.pair}>
        <SelectField
          control={control}
          name="settings.csv.delimiter"
          label={filesFormCopy.delimiter}
          options={delimiters}
        />
        <SelectField control={control} name="settings.csv.lineEnd" label={filesFormCopy.lineEnd} options={lineEnds} />
      </div>
      <TextField
        control={control}
        name="settings.csv.nullText"
        label={filesFormCopy.nullText}
        hint={filesFormCopy.nullTextHint}
        placeholder="(nothing)"
        verbatim
        autoComplete="off"
        maxWidth="16rem"
      />
      <CheckField control={control} name="settings.csv.header" label={filesFormCopy.header} />
      <CheckField control={control} name="settings.csv.byteOrderMark" label={filesFormCopy.byteOrderMark} />
      <CheckField
        control={control}
        name="settings.csv.guardFormulas"
        label={filesFormCopy.guardFormulas}
        hint={filesFormCopy.guardFormulasHint}
      />
      <div>
        <p className={classes.caption}>{filesFormCopy.preview}</p>
        <pre className={classes.lines}>{csvExample(csv)}</pre>
      </div>
    </Fold>
  );
}
