import type { ReactElement } from "react";
import type { Control, FieldValues, FieldPath } from "react-hook-form";
import { useWatch } from "react-hook-form";
import classes from "./password-hint.module.css";

/** How a password looks so far; long beats complicated, so length is nearly all that counts. */
export function passwordStrength(password: string): { level: 0 | 1 | 2 | 3; words: string } {
  const different = new Set(password).size;
  if (password.length === 0) return { level: 0, words: "" };
  if (password.length < 12) return { level: 1, words: `${12 - password.length} more to go` };
  if (different < 5) return { level: 1, words: "Long enough, but it repeats itself" };
  if (password.length < 18) return { level: 2, words: "Good" };
  return { level: 3, words: "Very good" };
}

type Props<T extends FieldValues, C, O> = { readonly control: Control<T, C, O>; readonly name: FieldPath<T> };

export function PasswordHint<T extends FieldValues, C, O>({ control, name }: Props<T, C, O>): ReactElement {
  const { level, words } = passwordStrength(String(useWatch({ control, name }) ?? ""));
  return (
    <div className={classes.hint}>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} data-level={level} />
      </span>
      <span className={classes.words} role="status">
        {words}
      </span>
    </div>
  );
}
