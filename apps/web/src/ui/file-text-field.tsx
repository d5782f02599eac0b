import { Button, Textarea } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useRef, useState, type ReactElement } from "react";
import type { FieldValues } from "react-hook-form";
import classes from "./file-text-field.module.css";
import { useField, type FieldProps } from "./field.ts";

/** What a chosen file gives for the field, or why it cannot be used. */
export type FileReading = { readonly text: string } | { readonly fault: string };

type Props<T extends FieldValues, C, O> = FieldProps<T, C, O> & {
  /** Endings the file chooser offers first, `.pem,.crt`; others can be chosen too. */
  readonly accept: string;
  readonly read: (file: File) => Promise<FileReading>;
  readonly placeholder?: string;
  readonly rows?: number;
  /** Hides the letters from those who look over the shoulder. */
  readonly secret?: boolean;
};

/** A text that can be pasted or taken from a file; the file is read in the browser and never leaves it by itself. */
export function FileTextField<T extends FieldValues, C, O>(props: Props<T, C, O>): ReactElement {
  const { id, field, error } = useField(props);
  const { ref, name, value, onChange, onBlur } = field;
  const { label, hint, accept, read, placeholder, rows = 3, secret = false } = props;
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ readonly name: string; readonly fault?: string }>();

  async function take(chosen: File): Promise<void> {
    const reading = await read(chosen).catch(() => ({ fault: "The browser could not read this file." }));
    if ("text" in reading) onChange(reading.text);
    setFile({ name: chosen.name, ...("fault" in reading && { fault: reading.fault }) });
  }

  return (
    <div>
      <Textarea
        id={id}
        label={label}
        description={hint}
        error={file?.fault ?? error}
        name={name}
        value={(value ?? "") as string}
        ref={ref}
        onBlur={onBlur}
        onChange={(event) => {
          setFile(undefined);
          onChange(event.currentTarget.value);
        }}
        rows={rows}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        classNames={{ input: secret && value ? `${classes.text} ${classes.hidden}` : classes.text }}
        {...(placeholder && { placeholder })}
      />
      <div className={classes.file}>
        <Button
          size="compact-md"
          variant="subtle"
          leftSection={<IconFileUpload size={18} stroke={1.7} aria-hidden />}
          onClick={() => input.current?.click()}
        >
          Choose a file<span className="visually-hidden"> for {label}</span>
        </Button>
        <span role="status" className={classes.name}>
          {file && !file.fault ? `Read from ${file.name}` : ""}
        </span>
        <input
          ref={input}
          type="file"
          hidden
          aria-hidden
          tabIndex={-1}
          accept={accept}
          data-file-for={name}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            // The same file can be chosen again after it was changed.
            if (chosen) void take(chosen).finally(() => input.current && (input.current.value = ""));
          }}
        />
      </div>
    </div>
  );
}
