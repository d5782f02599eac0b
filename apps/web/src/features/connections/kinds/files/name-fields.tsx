import { fileNameFault, fileNameTokens } from "@headgate/contract";
import { fileName } from "@headgate/core";
import { useState, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { CheckField } from "../../../../ui/check-field.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { TokenButtons } from "../token-buttons.tsx";
import classes from "../kinds.module.css";
import { fileTokenWords, filesFormCopy } from "./copy.ts";
import { packing, type FilesForm } from "./files-form.ts";

const tokens = fileNameTokens.map((token) => ({ text: `{${token}}`, words: fileTokenWords[token] }));
const runId = "7d4c1c2a-91f1-4f0a-8a55-2d7b9a2a4c10";

/** What the files are called, with the name the next one would get. */
export function NameFields(): ReactElement {
  const form = useFormContext<FilesForm>();
  const { settings } = useFormValues(form);
  const [plannedFor] = useState(() => new Date());
  const fault = fileNameFault(settings.nameTemplate.trim());
  return (
    <>
      <div>
        <TextField
          control={form.control}
          name="settings.nameTemplate"
          label={filesFormCopy.nameTemplate}
          hint={filesFormCopy.nameHint}
          verbatim
          autoComplete="off"
        />
        <TokenButtons
          label={filesFormCopy.insert}
          tokens={tokens}
          name="settings.nameTemplate"
          onInsert={(name) => form.setValue("settings.nameTemplate", name, { shouldDirty: true })}
        />
        <p className={classes.example} role="status">
          {fault ?? (
            <>
              {filesFormCopy.example}{" "}
              <code>
                {fileName(
                  {
                    format: settings.format,
                    compression: packing(settings.compression),
                    nameTemplate: settings.nameTemplate.trim(),
                  },
                  { flow: "Customers", table: "customers", plannedFor, runId },
                )}
              </code>
            </>
          )}
        </p>
      </div>
      {settings.format !== "parquet" && (
        <CheckField
          control={form.control}
          name="settings.compression"
          label={filesFormCopy.compression}
          hint={filesFormCopy.compressionHint}
        />
      )}
    </>
  );
}
