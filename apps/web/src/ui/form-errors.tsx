import { useEffect, useRef, type ReactElement } from "react";
import type { FieldErrors } from "react-hook-form";
import classes from "./form-errors.module.css";
import { fieldId } from "./field.ts";
import { reveal } from "./reveal.ts";

export type FieldMessage = { readonly name: string; readonly message: string };

type Props = {
  readonly messages: readonly FieldMessage[];
  /** Changes with every failed attempt, so that the summary takes the focus again. */
  readonly attempt: number;
};

/** The list of what is wrong, in the words the fields use; it takes the focus, and each line leads to its field. */
export function FormErrors({ messages, attempt }: Props): ReactElement | null {
  const box = useRef<HTMLDivElement>(null);
  const shown = attempt > 0 && messages.length > 0;
  const answered = useRef(0);
  useEffect(() => {
    // The messages may arrive a moment after the attempt; mistakes noticed later, on leaving a field, take no focus.
    if (!shown || attempt === answered.current) return;
    answered.current = attempt;
    box.current?.focus();
  }, [attempt, shown]);
  useEffect(() => {
    if (!shown) return;
    document.title = `Error: ${document.title.replace(/^Error: /, "")}`;
    return () => {
      document.title = document.title.replace(/^Error: /, "");
    };
  }, [shown, attempt]);
  if (!shown) return null;
  return (
    <div ref={box} className={classes.summary} role="alert" tabIndex={-1} aria-labelledby="form-errors-title">
      <h2 id="form-errors-title" className={classes.title}>
        There is a problem
      </h2>
      <ul className={classes.list}>
        {messages.map(({ name, message }) => (
          <li key={`${name} ${message}`}>
            <a href={`#${fieldId(name)}`} onClick={(event) => leadTo(name, event)}>
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function leadTo(name: string, event: { preventDefault(): void }): void {
  event.preventDefault();
  const field = document.getElementById(fieldId(name)) ?? document.getElementsByName(name).item(0);
  const target = field?.matches("input, select, textarea, button, [tabindex]")
    ? field
    : field?.querySelector<HTMLElement>("input, select, textarea, button, [tabindex]");
  if (target) reveal(target);
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

/** All messages of a form in the order of its fields. */
export function messagesOf(errors: FieldErrors, prefix = ""): FieldMessage[] {
  return Object.entries(errors).flatMap(([key, error]) => {
    if (!error || typeof error !== "object" || (prefix === "" && key === "root")) return [];
    const name = key === "root" ? prefix.slice(0, -1) : prefix + key;
    if (typeof error.message === "string") return [{ name, message: error.message }];
    return messagesOf(error as FieldErrors, `${prefix}${key}.`);
  });
}
