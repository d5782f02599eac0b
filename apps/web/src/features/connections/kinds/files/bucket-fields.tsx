import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { TextField } from "../../../../ui/text-field.tsx";
import type { KindFieldsProps } from "../kind-fields-props.ts";
import { KindSecret } from "../kind-secret.tsx";
import classes from "../kinds.module.css";
import { filesFormCopy } from "./copy.ts";
import type { FilesForm } from "./files-form.ts";

/** A bucket in storage that speaks the S3 protocol, and the key that opens it. */
export function BucketFields({ stored, again }: KindFieldsProps<"files">): ReactElement {
  const { control } = useFormContext<FilesForm>();
  const verbatim = { control, verbatim: true, autoComplete: "off" } as const;
  return (
    <>
      <div className={classes.pair} data-short>
        <TextField
          {...verbatim}
          name="settings.endpoint"
          label={filesFormCopy.endpoint}
          hint={filesFormCopy.endpointHint}
        />
        <TextField {...verbatim} name="settings.region" label={filesFormCopy.region} hint={filesFormCopy.regionHint} />
      </div>
      <div className={classes.pair}>
        <TextField {...verbatim} name="settings.bucket" label={filesFormCopy.bucket} />
        <TextField {...verbatim} name="settings.prefix" label={filesFormCopy.prefix} />
      </div>
      <TextField {...verbatim} name="settings.accessKeyId" label={filesFormCopy.accessKeyId} />
      <KindSecret
        field="secretKey"
        label={filesFormCopy.secretKey}
        fresh={filesFormCopy.secretKeyHint}
        stored={stored?.secrets.secretKey}
        again={again.includes("secretKey")}
      />
    </>
  );
}
