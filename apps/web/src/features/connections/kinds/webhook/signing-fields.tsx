import type { StoredSecret } from "@headgate/contract";
import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { CopyButton } from "../../../../ui/copy-button.tsx";
import { Fold } from "../../../../ui/fold.tsx";
import { SelectField } from "../../../../ui/select-field.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { KindSecret } from "../kind-secret.tsx";
import classes from "../kinds.module.css";
import { webhookFormCopy } from "./copy.ts";
import { receiverCode } from "./receiver-code.ts";
import type { WebhookForm } from "./webhook-form.ts";

type Props = { readonly stored: StoredSecret | undefined; readonly again: boolean };

const encodings = [
  { value: "base64", label: "Base64" },
  { value: "hex", label: "Hexadecimal" },
];

/** The key that signs messages, and how a receiver uses it. */
export function SigningFields({ stored, again }: Props): ReactElement {
  const form = useFormContext<WebhookForm>();
  const { secrets, settings } = useFormValues(form);
  const { errors } = form.formState;
  const [made, setMade] = useState("");

  function make(): void {
    const key = randomKey();
    setMade(key);
    form.setValue("secrets.signingKey", key, { shouldDirty: true });
    form.clearErrors("secrets.signingKey");
  }

  return (
    <div className={classes.secret}>
      <KindSecret
        field="signingKey"
        label={webhookFormCopy.signingKey}
        fresh={webhookFormCopy.signingKeyHint}
        stored={stored}
        again={again}
        optional
      />
      <div className={classes.key}>
        <Button variant="default" size="sm" leftSection={<IconKey size={16} aria-hidden />} onClick={make}>
          {webhookFormCopy.makeKey}
        </Button>
        {made !== "" && secrets.signingKey === made && (
          <>
            <CopyButton text={made} label={webhookFormCopy.copyKey} />
            <p>{webhookFormCopy.copyKeyNote}</p>
          </>
        )}
      </div>
      <Fold
        title={webhookFormCopy.checkTitle}
        faulty={Boolean(errors.settings?.signatureHeader ?? errors.settings?.signatureEncoding)}
      >
        <ol className={classes.steps}>
          {webhookFormCopy.check.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <pre className={classes.lines}>{receiverCode(settings)}</pre>
        <div className={classes.pair}>
          <TextField
            control={form.control}
            name="settings.signatureHeader"
            label={webhookFormCopy.signatureHeader}
            verbatim
            autoComplete="off"
          />
          <SelectField
            control={form.control}
            name="settings.signatureEncoding"
            label={webhookFormCopy.signatureEncoding}
            options={encodings}
          />
        </div>
      </Fold>
    </div>
  );
}

/** 256 random bits as text. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
