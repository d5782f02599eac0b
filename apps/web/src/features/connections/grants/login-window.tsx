import { passwordPlaceholder, scriptText } from "@headgate/core";
import { Button, Group, Modal } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { loginCopy } from "./copy.ts";
import { LoginFields } from "./login-fields.tsx";
import { loginForm, loginLines, loginMessage, type TypedLogin } from "./login-form.ts";
import { MessageFold } from "./message-fold.tsx";
import classes from "./login-helper.module.css";

export type LoginWindowProps = {
  readonly role: "source" | "destination";
  readonly typed: TypedLogin;
  readonly onUse: (login: Pick<TypedLogin, "user" | "database">) => void;
  readonly onClose: () => void;
};

/** Writes the script that makes a login, from a few answers and without any connection. */
export function LoginWindow({ role, typed, onUse, onClose }: LoginWindowProps): ReactElement {
  const [form, setForm] = useState(() => loginForm(role, typed));
  const lines = loginLines(form);
  const script = lines && scriptText(lines);
  return (
    <Modal opened onClose={onClose} title={loginCopy.title} size="lg">
      <div className={classes.fields}>
        <p>{loginCopy.intro}</p>
        <LoginFields form={form} onChange={(change) => setForm((before) => ({ ...before, ...change }))} />
      </div>
      {script === undefined ? (
        <p>{loginCopy.incomplete}</p>
      ) : (
        <div className={classes.script}>
          {/* Scrolls by keyboard too. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.text} tabIndex={0} role="region" aria-label={loginCopy.script}>
            {script}
          </pre>
          <p>{loginCopy.password(passwordPlaceholder)}</p>
          <Group gap="sm">
            <CopyButton text={script} label={loginCopy.copy} />
            <Button
              size="sm"
              onClick={() => {
                onUse({ user: form.user, database: form.database });
                onClose();
              }}
            >
              {loginCopy.use}
            </Button>
          </Group>
          <MessageFold text={loginMessage(script, form, typed)} />
        </div>
      )}
    </Modal>
  );
}
