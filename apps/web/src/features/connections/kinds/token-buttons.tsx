import type { ReactElement } from "react";
import { fieldId } from "../../../ui/field.ts";
import classes from "./kinds.module.css";

type Props = {
  readonly label: string;
  /** Each placeholder as it is written, with what it stands for. */
  readonly tokens: readonly { readonly text: string; readonly words: string }[];
  /** The field they go into. */
  readonly name: string;
  readonly onInsert: (text: string) => void;
};

/** Placeholders to press; each goes where the caret stands in the field, or to its end. */
export function TokenButtons({ label, tokens, name, onInsert }: Props): ReactElement {
  function insert(token: string): void {
    const field = document.getElementById(fieldId(name));
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    const start = field.selectionStart ?? field.value.length;
    const text = field.value.slice(0, start) + token + field.value.slice(field.selectionEnd ?? start);
    onInsert(text);
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(start + token.length, start + token.length);
    });
  }

  return (
    <div className={classes.tokens} role="group" aria-label={label}>
      <span className={classes.tokensLabel} aria-hidden>
        {label}
      </span>
      {tokens.map(({ text, words }) => (
        <button
          key={text}
          type="button"
          className={classes.token}
          aria-label={`${text}: ${words}`}
          title={words}
          onClick={() => insert(text)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
