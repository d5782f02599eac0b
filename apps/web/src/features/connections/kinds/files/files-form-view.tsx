import type { ReactElement } from "react";
import { KindFormView, type KindFormProps } from "../kind-form-view.tsx";
import { filesFormCopy } from "./copy.ts";
import { FilesFields } from "./files-fields.tsx";
import { filesRules } from "./files-form.ts";

export function FilesFormView(props: KindFormProps<"files">): ReactElement {
  return <KindFormView {...props} rules={filesRules} legend={filesFormCopy.legend} fields={FilesFields} />;
}
