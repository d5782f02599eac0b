import { Button } from "@mantine/core";
import { lazy, Suspense, useState, type ReactElement } from "react";
import { loginCopy } from "./copy.ts";
import type { LoginWindowProps } from "./login-window.tsx";
import classes from "./login-helper.module.css";

const LoginWindow = lazy(async () => ({ default: (await import("./login-window.tsx")).LoginWindow }));

type Props = Pick<LoginWindowProps, "onUse"> & {
  readonly role?: LoginWindowProps["role"];
  /** What the form holds when the window opens. */
  readonly typed: () => LoginWindowProps["typed"];
};

/** The way out for somebody who was given no login: the script that makes one. */
export function LoginHelper({ role = "source", typed, onUse }: Props): ReactElement {
  const [from, setFrom] = useState<LoginWindowProps["typed"]>();
  return (
    <div className={classes.line}>
      <span>{loginCopy.question}</span>
      <Button variant="subtle" size="compact-md" aria-haspopup="dialog" onClick={() => setFrom(typed())}>
        {loginCopy.open}
      </Button>
      {from && (
        <Suspense fallback={null}>
          <LoginWindow role={role} typed={from} onUse={onUse} onClose={() => setFrom(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
