import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { TextField } from "../../../../ui/text-field.tsx";
import classes from "../kinds.module.css";
import { webhookFormCopy } from "./copy.ts";
import type { WebhookForm } from "./webhook-form.ts";

const most = 32;

/** Headers that everybody may see. */
export function HeaderFields(): ReactElement {
  const { control, formState } = useFormContext<WebhookForm>();
  const { fields, append, remove } = useFieldArray({ control, name: "settings.headers" });
  return (
    <div>
      <p className={classes.caption}>{webhookFormCopy.headers}</p>
      <p className={classes.groupHint}>{webhookFormCopy.headersHint}</p>
      <ul className={classes.headers}>
        {fields.map(({ id }, index) => {
          const fault = formState.errors.settings?.headers?.[index]?.message;
          return (
            <li key={id} className={classes.header}>
              <TextField
                control={control}
                name={`settings.headers.${index}.name`}
                label={<span className="visually-hidden">{webhookFormCopy.headerName(index + 1)}</span>}
                placeholder="X-Team"
                verbatim
                autoComplete="off"
              />
              <TextField
                control={control}
                name={`settings.headers.${index}.value`}
                label={<span className="visually-hidden">{webhookFormCopy.headerValue(index + 1)}</span>}
                verbatim
                autoComplete="off"
              />
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={webhookFormCopy.removeHeader(index + 1)}
                onClick={() => remove(index)}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
              {fault && (
                <p className={classes.headerError} role="alert">
                  {fault}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <Button
        variant="default"
        size="sm"
        mt={fields.length > 0 ? "sm" : 0}
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={fields.length >= most}
        onClick={() => append({ name: "", value: "" })}
      >
        {webhookFormCopy.addHeader}
      </Button>
    </div>
  );
}
