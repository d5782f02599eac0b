import type { BodyToken } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { JsonPreview } from "../../../../ui/json-preview.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { TokenButtons } from "../token-buttons.tsx";
import classes from "../kinds.module.css";
import { bodyExample } from "./body-example.ts";
import { tokenWords, webhookFormCopy } from "./copy.ts";
import type { WebhookForm } from "./webhook-form.ts";

const tokens = (["rows", "row", "count", "flow", "run"] as const satisfies readonly BodyToken[]).map((token) => ({
  text: `{{${token}}}`,
  words: tokenWords[token],
}));

/** The template of the message, with what arrives beside it at every key press. */
export function BodyFields(): ReactElement {
  const form = useFormContext<WebhookForm>();
  const { bodyTemplate, batchSize } = useFormValues(form).settings;
  const one = batchSize.trim() === "1";
  const example = bodyExample(bodyTemplate, one);
  return (
    <>
      <div>
        <TextField
          control={form.control}
          name="settings.bodyTemplate"
          label={webhookFormCopy.body}
          hint={webhookFormCopy.bodyHint}
          placeholder={'{"source": "shop", "count": {{count}}, "items": {{rows}}}'}
          rows={4}
          verbatim
        />
        <TokenButtons
          label={webhookFormCopy.insert}
          tokens={tokens.filter(({ text }) => (text === "{{row}}" ? one : true))}
          name="settings.bodyTemplate"
          onInsert={(text) => form.setValue("settings.bodyTemplate", text, { shouldDirty: true })}
        />
      </div>
      <div>
        <p className={classes.caption}>{webhookFormCopy.preview}</p>
        {example.fault === undefined ? (
          <JsonPreview
            text={example.text}
            label={one ? webhookFormCopy.previewOne : webhookFormCopy.previewLabel}
            copyable={false}
          />
        ) : (
          <p className={classes.example}>{example.fault}</p>
        )}
      </div>
    </>
  );
}
