import { readGrantScopes } from "@headgate/core";
import { Checkbox, TextInput } from "@mantine/core";
import { useId, type ReactElement } from "react";
import { RadioCard, RadioCards } from "../../../ui/radio-cards.tsx";
import { loginCopy } from "./copy.ts";
import type { LoginForm } from "./login-form.ts";
import classes from "./login-helper.module.css";

type Props = { readonly form: LoginForm; readonly onChange: (change: Partial<LoginForm>) => void };

const verbatim = { autoCapitalize: "none", autoComplete: "off", autoCorrect: "off", spellCheck: false } as const;

/** What the script for a new login depends on. */
export function LoginFields({ form, onChange }: Props): ReactElement {
  const name = useId();
  return (
    <>
      <RadioCards
        legend={loginCopy.role}
        name={name}
        value={form.role}
        columns={2}
        onChange={(role) => onChange({ role: role as LoginForm["role"] })}
      >
        <RadioCard value="source" title={loginCopy.roles.source} />
        <RadioCard value="destination" title={loginCopy.roles.destination} />
      </RadioCards>
      <TextInput
        {...verbatim}
        label={loginCopy.user}
        value={form.user}
        onChange={(event) => onChange({ user: event.currentTarget.value })}
      />
      <TextInput
        {...verbatim}
        label={loginCopy.database}
        value={form.database}
        onChange={(event) => onChange({ database: event.currentTarget.value })}
      />
      <TextInput
        {...verbatim}
        label={loginCopy.scopes}
        description={loginCopy.scopesHint}
        value={form.scopes}
        error={readGrantScopes(form.scopes) ? undefined : loginCopy.scopesFault}
        onChange={(event) => onChange({ scopes: event.currentTarget.value })}
      />
      <div className={classes.ticks}>
        <Checkbox
          label={loginCopy.later}
          checked={form.later}
          onChange={(event) => onChange({ later: event.currentTarget.checked })}
        />
        {form.role === "destination" && (
          <Checkbox
            label={loginCopy.deletes}
            description={loginCopy.deletesHint}
            checked={form.deletes}
            onChange={(event) => onChange({ deletes: event.currentTarget.checked })}
          />
        )}
      </div>
    </>
  );
}
