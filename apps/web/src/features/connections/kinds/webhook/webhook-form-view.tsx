import type { ReactElement } from "react";
import { KindFormView, type KindFormProps } from "../kind-form-view.tsx";
import { webhookFormCopy } from "./copy.ts";
import { WebhookFields } from "./webhook-fields.tsx";
import { webhookRules } from "./webhook-form.ts";

export function WebhookFormView(props: KindFormProps<"webhook">): ReactElement {
  return <KindFormView {...props} rules={webhookRules} legend={webhookFormCopy.legend} fields={WebhookFields} />;
}
