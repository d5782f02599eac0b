import type { ReactElement } from "react";
import { KindFormView, type KindFormProps } from "../kind-form-view.tsx";
import { eventsFormCopy } from "./copy.ts";
import { EventsFields } from "./events-fields.tsx";
import { eventsRules } from "./events-form.ts";

export function EventsFormView(props: KindFormProps<"events">): ReactElement {
  return <KindFormView {...props} rules={eventsRules} legend={eventsFormCopy.legend} fields={EventsFields} />;
}
