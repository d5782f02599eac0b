import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { Fold } from "../../../../ui/fold.tsx";
import { NumberField } from "../../../../ui/number-field.tsx";
import { SelectField } from "../../../../ui/select-field.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { AuthorityField } from "../authority-field.tsx";
import type { KindFieldsProps } from "../kind-fields-props.ts";
import { KindSecret } from "../kind-secret.tsx";
import classes from "../kinds.module.css";
import { BodyFields } from "./body-fields.tsx";
import { webhookFormCopy } from "./copy.ts";
import { HeaderFields } from "./header-fields.tsx";
import { SigningFields } from "./signing-fields.tsx";
import type { WebhookForm } from "./webhook-form.ts";

const methods = ["POST", "PUT", "PATCH"].map((value) => ({ value, label: value }));

/** Where messages go, how they prove where they come from, and what they are made of. */
export function WebhookFields({ stored, again }: KindFieldsProps<"webhook">): ReactElement {
  const { control, formState } = useFormContext<WebhookForm>();
  const errors = formState.errors.settings;
  return (
    <>
      <TextField
        control={control}
        name="settings.url"
        label={webhookFormCopy.url}
        hint={webhookFormCopy.urlHint}
        verbatim
        autoComplete="off"
      />
      <KindSecret
        field="authorization"
        label={webhookFormCopy.authorization}
        fresh={webhookFormCopy.authorizationHint}
        stored={stored?.secrets.authorization}
        again={again.includes("authorization")}
        optional
      />
      <SigningFields stored={stored?.secrets.signingKey} again={again.includes("signingKey")} />
      <div className={classes.pair}>
        <SelectField
          control={control}
          name="settings.method"
          label={webhookFormCopy.method}
          hint={webhookFormCopy.methodHint}
          options={methods}
        />
        <NumberField
          control={control}
          name="settings.batchSize"
          label={webhookFormCopy.batchSize}
          hint={webhookFormCopy.batchSizeHint}
          maxWidth="100%"
        />
      </div>
      <BodyFields />
      <Fold
        title={webhookFormCopy.more}
        hint={webhookFormCopy.moreHint}
        faulty={Boolean(errors?.headers ?? errors?.lanes ?? errors?.caCertificate)}
      >
        <HeaderFields />
        <NumberField
          control={control}
          name="settings.lanes"
          label={webhookFormCopy.lanes}
          hint={webhookFormCopy.lanesHint}
          maxWidth="24rem"
        />
        <AuthorityField />
      </Fold>
    </>
  );
}
