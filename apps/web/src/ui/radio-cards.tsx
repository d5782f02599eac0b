import { createContext, use, useId, type ReactElement, type ReactNode } from "react";
import classes from "./radio-cards.module.css";

type Group = {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

const GroupContext = createContext<Group | null>(null);

type CardsProps = Group & {
  /** The id the error summary links to. */
  readonly id?: string;
  readonly legend: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly columns?: 1 | 2;
  readonly children: ReactNode;
};

/** One choice out of few, each with a sentence: native radio buttons in roomy cards. */
export function RadioCards(props: CardsProps): ReactElement {
  const { id, legend, hint, error, columns = 1, children, name, value, onChange } = props;
  const ownId = useId();
  const described = [hint && `${ownId}-hint`, error && `${ownId}-error`].filter(Boolean).join(" ");
  return (
    <fieldset
      id={id}
      className={classes.group}
      aria-describedby={described || undefined}
      aria-invalid={error ? true : undefined}
    >
      <legend className={classes.legend}>{legend}</legend>
      {hint && (
        <p id={`${ownId}-hint`} className={classes.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${ownId}-error`} className={classes.error}>
          {error}
        </p>
      )}
      <div className={classes.cards} data-columns={columns}>
        <GroupContext value={{ name, value, onChange }}>{children}</GroupContext>
      </div>
    </fieldset>
  );
}

type CardProps = {
  readonly value: string;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  readonly icon?: ReactNode;
  readonly badge?: ReactNode;
  readonly disabled?: boolean;
  /** More about this choice, outside what the radio button is named by; may hold controls. */
  readonly children?: ReactNode;
};

export function RadioCard({ value, title, text, icon, badge, disabled = false, children }: CardProps): ReactElement {
  const group = use(GroupContext);
  const id = useId();
  if (!group) throw new Error("A radio card belongs into radio cards.");
  const checked = group.value === value;
  return (
    <div className={classes.card} data-checked={checked || undefined} data-disabled={disabled || undefined}>
      <label className={classes.choice} htmlFor={id}>
        <input
          id={id}
          type="radio"
          className={classes.radio}
          name={group.name}
          value={value}
          checked={checked}
          disabled={disabled}
          onChange={() => group.onChange(value)}
          aria-labelledby={`${id}-title`}
          aria-describedby={text ? `${id}-text` : undefined}
        />
        {icon && <span className={classes.icon}>{icon}</span>}
        <span className={classes.words}>
          <span className={classes.head}>
            <span id={`${id}-title`} className={classes.title}>
              {title}
            </span>
            {badge}
          </span>
          {text && (
            <span id={`${id}-text`} className={classes.text}>
              {text}
            </span>
          )}
        </span>
      </label>
      {children && <div className={classes.more}>{children}</div>}
    </div>
  );
}
