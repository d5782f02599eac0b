import { fileFormats, type FileFormat, type FilesSettings } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import type { KindFieldsProps } from "../kind-fields-props.ts";
import { BucketFields } from "./bucket-fields.tsx";
import { filesFormCopy, formatCards, placeCards } from "./copy.ts";
import { CsvFields } from "./csv-fields.tsx";
import type { FilesForm } from "./files-form.ts";
import { NameFields } from "./name-fields.tsx";

/** Where files are kept, of which kind they are, and what they are called. */
export function FilesFields(props: KindFieldsProps<"files">): ReactElement {
  const form = useFormContext<FilesForm>();
  const { place, format } = useFormValues(form).settings;
  return (
    <>
      <RadioCards
        id={fieldId("settings.place")}
        legend={filesFormCopy.place}
        name="settings.place"
        value={place}
        columns={2}
        onChange={(value) => form.setValue("settings.place", value as FilesSettings["place"], { shouldDirty: true })}
      >
        {(["folder", "s3"] as const).map((value) => (
          <RadioCard key={value} value={value} title={placeCards[value].title} text={placeCards[value].text} />
        ))}
      </RadioCards>
      {place === "folder" ? (
        <TextField
          control={form.control}
          name="settings.folder"
          label={filesFormCopy.folder}
          hint={filesFormCopy.folderHint}
          verbatim
          autoComplete="off"
        />
      ) : (
        <BucketFields {...props} />
      )}
      <RadioCards
        id={fieldId("settings.format")}
        legend={filesFormCopy.format}
        name="settings.format"
        value={format}
        onChange={(value) => form.setValue("settings.format", value as FileFormat, { shouldDirty: true })}
      >
        {fileFormats.map((value) => (
          <RadioCard key={value} value={value} title={formatCards[value].title} text={formatCards[value].text} />
        ))}
      </RadioCards>
      {format === "csv" && <CsvFields />}
      <NameFields />
    </>
  );
}
